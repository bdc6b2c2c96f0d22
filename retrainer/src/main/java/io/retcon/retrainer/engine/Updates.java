package io.retcon.retrainer.engine;

import io.retcon.retrainer.kernels.Floats;
import io.retcon.retrainer.model.Example;

import java.util.List;

/** Gradients and updates of a model in training. Used by one thread. */
public interface Updates extends AutoCloseable {
    /**
     * The gradient of the summed loss of the examples' targets over {@code divisor}, kept for
     * {@link #update}.
     *
     * @param divisor one or more, whatever the number of targets
     */
    Gradient gradient(List<Example> examples, int divisor);

    /**
     * Clips the last gradient and moves the weights against it.
     *
     * @param rate learning rate
     * @param update updates so far, this one included
     */
    void update(Gradient gradient, double rate, long update);

    /** Copies the last gradient, in the order of the model's layout. */
    void copyGradient(Floats to);

    /** Takes over weights and moments that were changed elsewhere. */
    void push();

    /** Brings the model's weights and the moments up to date. */
    void pull();

    @Override
    void close();

    /**
     * What a gradient is like.
     *
     * @param loss summed cross-entropy in nats over the divisor, without the z-loss
     * @param norm global norm before clipping
     */
    record Gradient(double loss, double norm) {}
}
