package io.retcon.retrainer.layer;

import io.retcon.retrainer.kernels.LayerNormKernel;
import io.retcon.retrainer.kernels.Matrix;
import io.retcon.retrainer.kernels.Store;

/** Layer norm of each row, times a gain, plus a bias. */
public final class LayerNorm implements Layer {
    private final Weight gain;
    private final Weight bias;
    private final float epsilon;
    private final float[] means;
    private final float[] scales;
    private Matrix input;

    public LayerNorm(Weight gain, Weight bias, double epsilon, Workspace workspace) {
        this.gain = gain;
        this.bias = bias;
        this.epsilon = (float) epsilon;
        this.means = new float[workspace.rows()];
        this.scales = new float[workspace.rows()];
    }

    @Override
    public void forward(Matrix x, Matrix y, Batch batch) {
        input = x;
        LayerNormKernel.forward(
                x, gain.values(), bias.values(), epsilon, y, means, scales, batch.rows());
    }

    @Override
    public void backward(Matrix dy, Store store, Matrix dx, Batch batch) {
        LayerNormKernel.backward(
                dy,
                input,
                gain.values(),
                means,
                scales,
                gain.gradient(),
                bias.gradient(),
                store,
                dx,
                batch.rows());
    }
}
