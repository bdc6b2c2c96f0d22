package io.retcon.retrainer.layer;

import io.retcon.retrainer.kernels.Matrix;
import io.retcon.retrainer.kernels.RmsNormKernel;
import io.retcon.retrainer.kernels.Store;

/** Root-mean-square norm of each row, times a gain. */
public final class RmsNorm implements Layer {
    private final Weight gain;
    private final float epsilon;
    private final float[] scales;
    private Matrix input;

    public RmsNorm(Weight gain, double epsilon, Workspace workspace) {
        this.gain = gain;
        this.epsilon = (float) epsilon;
        this.scales = new float[workspace.rows()];
    }

    @Override
    public void forward(Matrix x, Matrix y, Batch batch) {
        input = x;
        RmsNormKernel.forward(x, gain.values(), epsilon, y, scales, batch.rows());
    }

    @Override
    public void backward(Matrix dy, Store store, Matrix dx, Batch batch) {
        RmsNormKernel.backward(
                dy, input, gain.values(), scales, gain.gradient(), store, dx, batch.rows());
    }
}
