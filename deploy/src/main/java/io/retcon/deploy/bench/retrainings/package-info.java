/** A bank of real retrainings of the demo's arms, and the estimator held against it. */
package io.retcon.deploy.bench.retrainings;
