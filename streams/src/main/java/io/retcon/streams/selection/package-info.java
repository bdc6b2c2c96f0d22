/** Which items an intervention is about: scores of successive checkpoints in, selections out. */
package io.retcon.streams.selection;
