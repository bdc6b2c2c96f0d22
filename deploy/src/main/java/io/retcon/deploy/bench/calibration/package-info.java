/** Whether tests keep their level and intervals cover, in simulated worlds whose truth is known. */
package io.retcon.deploy.bench.calibration;
