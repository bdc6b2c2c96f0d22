package io.retcon.retrainer.history;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.List;

/**
 * What one step trains on.
 *
 * @param sequences token ids, [sequences a step][tokens a sequence]
 * @param masked tokens that the loss ignores
 */
public record StepTokens(int[][] sequences, List<Masked> masked) {
    /** Tokens of a sequence from {@code start} on. */
    public record Masked(int sequence, int start, int length) {}

    public StepTokens {
        requireNonNull(sequences, "sequences is null");
        masked = List.copyOf(masked);
    }

    /** Whether the loss counts a token, as {@code sequences}. */
    public boolean[][] counted() {
        var counted = new boolean[sequences.length][];
        for (int s = 0; s < counted.length; s++) {
            counted[s] = new boolean[sequences[s].length];
            Arrays.fill(counted[s], true);
        }
        for (var span : masked) {
            int end = span.start + span.length;
            Arrays.fill(counted[span.sequence], span.start, end, false);
        }
        return counted;
    }
}
