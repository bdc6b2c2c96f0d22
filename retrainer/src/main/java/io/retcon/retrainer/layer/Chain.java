package io.retcon.retrainer.layer;

import io.retcon.retrainer.kernels.Matrix;
import io.retcon.retrainer.kernels.Store;

/** One layer after another, as wide between them as a row of the network. */
public final class Chain implements Layer {
    private final Layer first;
    private final Layer second;
    private final Matrix between;
    private final Matrix gradient;

    public Chain(Layer first, Layer second, int width, Workspace workspace) {
        this.first = first;
        this.second = second;
        this.between = workspace.activations("chain", width);
        this.gradient = workspace.scratch("chain gradient", width);
    }

    @Override
    public void forward(Matrix x, Matrix y, Batch batch) {
        first.forward(x, between, batch);
        second.forward(between, y, batch);
    }

    @Override
    public void backward(Matrix dy, Store store, Matrix dx, Batch batch) {
        second.backward(dy, Store.SET, gradient, batch);
        first.backward(gradient, store, dx, batch);
    }
}
