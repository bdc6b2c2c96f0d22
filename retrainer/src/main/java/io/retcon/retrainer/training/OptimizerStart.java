package io.retcon.retrainer.training;

/** What to do about a checkpoint's optimizer state. */
public enum OptimizerStart {
    /** Take it up; a checkpoint without it is refused. */
    SAVED,
    /** Take it up where there is one, else start with empty moments. */
    COLD_IF_ABSENT,
    /** Start with empty moments, also where there is one. */
    COLD
}
