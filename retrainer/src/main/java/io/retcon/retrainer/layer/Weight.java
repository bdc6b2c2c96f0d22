package io.retcon.retrainer.layer;

import io.retcon.retrainer.kernels.Matrix;

/** A parameter and the place where its gradient gathers. */
public record Weight(Matrix values, Matrix gradient) {}
