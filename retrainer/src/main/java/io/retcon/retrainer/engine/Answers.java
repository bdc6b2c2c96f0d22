package io.retcon.retrainer.engine;

import io.retcon.retrainer.model.Prompt;

import java.util.List;

/** Log-probabilities of what may follow texts, under one model. Used by several threads at once. */
public interface Answers extends AutoCloseable {
    /**
     * For each prompt, the natural-log probability of everything it asks, in the same bits whatever
     * else is computed at the time.
     */
    List<double[]> of(List<Prompt> prompts);

    @Override
    void close();
}
