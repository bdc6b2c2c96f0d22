package io.retcon.streams.walking;

import java.time.Duration;

/**
 * How a walk shares its thread with the records that arrive: every {@code pause} it reads at most
 * {@code sequences} sequences. Results do not depend on it.
 */
public record Pace(Duration pause, int sequences) {
    /** At 16 KB a sequence about 16 MB a stretch: some 100 ms, well inside a transaction. */
    public static final Pace STEADY = new Pace(Duration.ofMillis(10), 1024);

    public Pace {
        if (pause.isNegative() || pause.isZero() || sequences < 1) {
            throw new IllegalArgumentException("a walk that never moves: " + pause);
        }
    }
}
