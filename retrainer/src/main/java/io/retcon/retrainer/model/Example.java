package io.retcon.retrainer.model;

/**
 * A sequence to learn from.
 *
 * @param targets for each token the one that should follow, -1 where nothing is asked
 */
public record Example(int[] tokens, int[] targets) {
    public Example {
        if (tokens.length != targets.length) {
            throw new IllegalArgumentException(
                    "%d tokens, %d targets".formatted(tokens.length, targets.length));
        }
    }

    /** Every token but the first is a target. */
    public static Example nextTokens(int[] tokens) {
        var targets = new int[tokens.length];
        System.arraycopy(tokens, 1, targets, 0, tokens.length - 1);
        targets[tokens.length - 1] = -1;
        return new Example(tokens, targets);
    }

    /** Targets in it. */
    public int count() {
        int count = 0;
        for (int target : targets) {
            count += target >= 0 ? 1 : 0;
        }
        return count;
    }
}
