package io.retcon.retrainer.layer;

import io.retcon.retrainer.kernels.GeluKernel;
import io.retcon.retrainer.kernels.Matrix;
import io.retcon.retrainer.kernels.Store;

/** down(gelu(up(x))). */
public final class GeluFeedForward implements Layer {
    private final Linear up;
    private final Linear down;
    private final Matrix projected;
    private final Matrix hidden;
    private final Matrix dprojected;
    private final Matrix dhidden;

    public GeluFeedForward(Linear up, Linear down, Workspace workspace) {
        int inner = down.inputs();
        this.up = up;
        this.down = down;
        this.projected = workspace.activations("up", inner);
        this.hidden = workspace.activations("hidden", inner);
        this.dprojected = workspace.scratch("up gradient", inner);
        this.dhidden = workspace.scratch("hidden gradient", inner);
    }

    @Override
    public void forward(Matrix x, Matrix y, Batch batch) {
        up.forward(x, projected, batch);
        GeluKernel.forward(projected, hidden, batch.rows());
        down.forward(hidden, y, batch);
    }

    @Override
    public void backward(Matrix dy, Store store, Matrix dx, Batch batch) {
        down.backward(dy, Store.SET, dhidden, batch);
        GeluKernel.backward(dhidden, projected, dprojected, batch.rows());
        up.backward(dprojected, store, dx, batch);
    }
}
