package io.retcon.retrainer.layer;

import io.retcon.retrainer.kernels.Matrix;
import io.retcon.retrainer.kernels.Store;

/**
 * One step of a network's forward pass and its explicit gradient. A layer remembers what its
 * backward pass needs of the last forward pass, and refers to its input, which must still be there.
 * Used by one thread.
 */
public interface Layer {
    /** y = f(x), both [batch rows][columns]. */
    void forward(Matrix x, Matrix y, Batch batch);

    /**
     * Adds the weights' gradient to what stands there, and stores that of the last forward pass's x
     * in dx, which is none of dy.
     */
    void backward(Matrix dy, Store store, Matrix dx, Batch batch);
}
