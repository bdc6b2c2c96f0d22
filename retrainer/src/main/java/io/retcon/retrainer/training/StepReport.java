package io.retcon.retrainer.training;

/**
 * What one update was like.
 *
 * @param step the history step
 * @param loss mean cross-entropy in nats, before the update
 * @param gradientNorm global norm before clipping
 * @param learningRate the rate of the update
 * @param tokens in its sequences
 */
public record StepReport(
        long step, double loss, double gradientNorm, double learningRate, long tokens) {}
