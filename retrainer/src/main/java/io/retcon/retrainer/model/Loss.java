package io.retcon.retrainer.model;

/** Losses in nats, summed over targets. */
public record Loss(double crossEntropy, double zLoss) {
    static final Loss NONE = new Loss(0, 0);

    Loss plus(Loss other) {
        return new Loss(crossEntropy + other.crossEntropy, zLoss + other.zLoss);
    }

    /** What the gradients are of. */
    public double total() {
        return crossEntropy + zLoss;
    }
}
