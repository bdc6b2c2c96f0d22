package io.retcon.retrainer.model;

import java.util.List;

/**
 * A text, the branches that may follow it, and the next tokens whose probabilities are asked for.
 *
 * @param text tokens, at least one
 * @param branches the token of each branch
 * @param parents for each branch the branch (from 0) it follows, -1 where it follows the text
 * @param asked what is asked, in the order of the answers
 */
public record Prompt(int[] text, List<Integer> branches, List<Integer> parents, List<Ask> asked) {
    public Prompt {
        if (text.length == 0 || branches.size() != parents.size()) {
            throw new IllegalArgumentException(
                    "a text of %d tokens, %d branches, %d parents"
                            .formatted(text.length, branches.size(), parents.size()));
        }
        branches = List.copyOf(branches);
        parents = List.copyOf(parents);
        asked = List.copyOf(asked);
    }

    /**
     * How likely {@code token} follows branch {@code after}; -1 stands for the text itself. Rows
     * are asked about in rising order.
     */
    public record Ask(int after, int token) {}

    /** Rows it takes in a network. */
    public int rows() {
        return text.length + branches.size();
    }
}
