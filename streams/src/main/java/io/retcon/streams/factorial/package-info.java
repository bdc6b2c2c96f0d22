/** Several factors in one set of arms: which arm has which of them on. */
package io.retcon.streams.factorial;
