package io.retcon.retrainer.training;

/**
 * What one update was like.
 *
 * @param step the history step
 * @param loss cross-entropy in nats before the update, summed over what the loss counts and divided
 *     by all targets of the step
 * @param gradientNorm global norm before clipping
 * @param learningRate the rate of the update
 * @param tokens in its sequences
 */
public record StepReport(
        long step, double loss, double gradientNorm, double learningRate, long tokens) {}
