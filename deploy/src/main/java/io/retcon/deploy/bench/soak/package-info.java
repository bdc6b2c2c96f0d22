/** A stack that works for a long time, is disturbed, and must not grow. */
package io.retcon.deploy.bench.soak;
