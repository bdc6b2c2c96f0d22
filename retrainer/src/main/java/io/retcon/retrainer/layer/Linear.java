package io.retcon.retrainer.layer;

import io.retcon.retrainer.kernels.Gemm;
import io.retcon.retrainer.kernels.Matrix;
import io.retcon.retrainer.kernels.Rows;
import io.retcon.retrainer.kernels.Store;

import java.util.Optional;

/** y = x Wᵀ (+ b) with W [outputs][inputs]. */
public final class Linear implements Layer {
    private final Weight weight;
    private final int outputs;
    private final Optional<Weight> bias;
    private Matrix input;

    public Linear(Weight weight, int outputs, Optional<Weight> bias) {
        this.weight = weight;
        this.outputs = outputs;
        this.bias = bias;
    }

    public int inputs() {
        return weight.values().columns();
    }

    public int outputs() {
        return outputs;
    }

    @Override
    public void forward(Matrix x, Matrix y, Batch batch) {
        input = x;
        bias.ifPresent(b -> Rows.repeat(b.values(), y, batch.rows()));
        var store = bias.isPresent() ? Store.ADD : Store.SET;
        Gemm.abT(batch.rows(), outputs, inputs(), 1, x, weight.values(), store, y);
    }

    @Override
    public void backward(Matrix dy, Store store, Matrix dx, Batch batch) {
        Gemm.aTb(outputs, inputs(), batch.rows(), 1, dy, input, Store.ADD, weight.gradient());
        bias.ifPresent(b -> Rows.addTo(b.gradient(), dy, batch.rows()));
        Gemm.ab(batch.rows(), inputs(), outputs, 1, dy, weight.values(), store, dx);
    }
}
