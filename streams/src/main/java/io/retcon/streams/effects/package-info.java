/** What an intervention did: retrainings and their scores in, estimates with intervals out. */
package io.retcon.streams.effects;
