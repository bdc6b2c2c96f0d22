package io.retcon.streams.planning;

/**
 * SplitMix64 (Steele, Lea, Flood, OOPSLA 2014): turns neighbouring numbers into unrelated ones,
 * without a state that the order of calls could change.
 */
public final class SplitMix64 {
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private SplitMix64() {}

    /** The {@code index}-th output, from 0, of the generator that starts at {@code seed}. */
    public static long output(long seed, long index) {
        long z = seed + (index + 1) * GOLDEN_GAMMA;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
