package io.retcon.retrainer.kernels;

/** What happens to the numbers that stand where a result goes. */
public enum Store {
    /** They are replaced. */
    SET(0),
    /** The result is added to them. */
    ADD(1);

    private final float beta;

    Store(float beta) {
        this.beta = beta;
    }

    float beta() {
        return beta;
    }
}
