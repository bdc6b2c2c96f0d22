package io.retcon.retrainer.evaluation;

/** Whether choices are also scored without their query, which acc_uncond needs. */
public enum Unconditional {
    SCORED,
    SKIPPED
}
