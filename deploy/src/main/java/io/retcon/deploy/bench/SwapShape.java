package io.retcon.deploy.bench;

import io.retcon.schemas.RefusedInput;

/**
 * How large a swap is.
 *
 * @param steps of the window, and as many of the donors'
 * @param tokens a sequence (T)
 * @param matched share of the window's documents that are replaced
 */
record SwapShape(int steps, int sequencesPerStep, int tokens, double matched, long seed) {
    /** Of OLMo-2, whose windows these are modelled on. */
    static final int VOCABULARY = 100_278;

    static final int EOS = 0;

    /** Documents a sequence, as there: 1.09 million in 256,000. */
    private static final double DOCUMENTS = 4.26;

    private static final int SEQUENCES_PER_STEP = 256;

    /** The window for about so many sequences, in whole steps. */
    static SwapShape of(int sequences, int tokens, double matched) {
        if (sequences < 4 || tokens < 16 || matched <= 0 || matched > 1) {
            throw new RefusedInput(
                    "there is nothing to swap: say --sequences 4 or more, --tokens 16 or more and"
                            + " --matched above 0, at most 1");
        }
        int perStep = Math.clamp(sequences / 4, 1, SEQUENCES_PER_STEP);
        return new SwapShape(sequences / perStep, perStep, tokens, matched, 1);
    }

    int sequences() {
        return steps * sequencesPerStep;
    }

    /** Packed tokens of the window. */
    long bytes() {
        return (long) sequences() * tokens * Integer.BYTES;
    }

    double meanDocument() {
        return tokens / DOCUMENTS;
    }
}
