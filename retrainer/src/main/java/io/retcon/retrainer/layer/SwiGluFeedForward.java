package io.retcon.retrainer.layer;

import io.retcon.retrainer.kernels.Matrix;
import io.retcon.retrainer.kernels.Store;
import io.retcon.retrainer.kernels.SwiGluKernel;

/** down(silu(gate(x)) · up(x)), gate and up in one product. */
public final class SwiGluFeedForward implements Layer {
    private final Linear gateAndUp;
    private final Linear down;
    private final Matrix gate;
    private final Matrix up;
    private final Matrix projected;
    private final Matrix hidden;
    private final Matrix dprojected;
    private final Matrix dhidden;

    public SwiGluFeedForward(Linear gateAndUp, Linear down, Workspace workspace) {
        int inner = down.inputs();
        this.gateAndUp = gateAndUp;
        this.down = down;
        this.projected = workspace.activations("gate and up", 2 * inner);
        this.gate = projected.columns(0, inner);
        this.up = projected.columns(inner, inner);
        this.hidden = workspace.activations("hidden", inner);
        this.dprojected = workspace.scratch("gate and up gradient", 2 * inner);
        this.dhidden = workspace.scratch("hidden gradient", inner);
    }

    @Override
    public void forward(Matrix x, Matrix y, Batch batch) {
        gateAndUp.forward(x, projected, batch);
        SwiGluKernel.forward(gate, up, hidden, batch.rows());
        down.forward(hidden, y, batch);
    }

    @Override
    public void backward(Matrix dy, Store store, Matrix dx, Batch batch) {
        int inner = down.inputs();
        down.backward(dy, Store.SET, dhidden, batch);
        SwiGluKernel.backward(
                dhidden,
                gate,
                up,
                dprojected.columns(0, inner),
                dprojected.columns(inner, inner),
                batch.rows());
        gateAndUp.backward(dprojected, store, dx, batch);
    }
}
