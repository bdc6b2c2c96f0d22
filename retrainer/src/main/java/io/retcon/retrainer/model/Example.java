package io.retcon.retrainer.model;

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
        var targets = new int[tokens.length];
        System.arraycopy(tokens, 1, targets, 0, tokens.length - 1);
        targets[tokens.length - 1] = -1;
        return new Example(tokens, targets, WHOLE);
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

    /**
     * Tokens that follow another, whether the loss counts them or not: what the loss of a batch is
     * divided by, so that a mask takes a token's gradient away and changes no other's weight.
     */
    public int following() {
        return tokens.length - 1;
    }
}
