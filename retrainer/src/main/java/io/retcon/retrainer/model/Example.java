package io.retcon.retrainer.model;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A sequence to learn from.
 *
 * @param targets for each token the one that should follow, -1 where nothing is asked
 * @param starts where the parts begin that do not see each other; 0 alone for a whole sequence
 */
public record Example(int[] tokens, int[] targets, int[] starts) {
    private static final int[] WHOLE = {0};

    public Example {
        if (tokens.length != targets.length) {
            throw new IllegalArgumentException(
                    "%d tokens, %d targets".formatted(tokens.length, targets.length));
        }
        if (starts.length == 0 || starts[0] != 0) {
            throw new IllegalArgumentException("the first part does not begin at 0");
        }
    }

    /** Every token but the first is a target. */
    public static Example nextTokens(int[] tokens) {
        return nextTokens(tokens, tokens.length);
    }

    /**
     * The same for a model of so many positions: of a sequence that is one token longer, as
     * GPT-NeoX's samples are, the last is a target only.
     */
    public static Example nextTokens(int[] tokens, int positions) {
        int seen = Math.min(tokens.length, positions);
        var targets = Arrays.copyOfRange(tokens, 1, seen + 1);
        if (seen == tokens.length) {
            targets[seen - 1] = -1;
        }
        return new Example(Arrays.copyOf(tokens, seen), targets, WHOLE);
    }

    /**
     * The same tokens and targets, but no token sees what stands before the last {@code eos} before
     * it. The token after an EOS is still the EOS's target, as OLMo has it.
     */
    public Example withinDocuments(int eos) {
        var ends = IntStream.range(0, tokens.length - 1).filter(i -> tokens[i] == eos);
        var begins = IntStream.concat(IntStream.of(0), ends.map(i -> i + 1)).toArray();
        return new Example(tokens, targets, begins);
    }
}
