package io.retcon.deploy.bench.soak;

import java.util.OptionalDouble;

/**
 * One intervention of a soak, and what the process was like once its effects were there.
 *
 * @param minute since the soak began
 * @param seconds from its publication to its effects
 * @param start seconds from the components' start to their first answer; empty where they were not
 *     started again
 * @param recovery seconds from the broker's return to the first answer; empty where it stayed
 * @param rejects records refused, since the soak began
 */
record SoakRound(
        double minute,
        Disturbance disturbance,
        double seconds,
        OptionalDouble start,
        OptionalDouble recovery,
        long rejects,
        Footprint footprint) {}
