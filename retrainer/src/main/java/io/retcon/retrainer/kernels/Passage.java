package io.retcon.retrainer.kernels;

import java.util.List;

/**
 * Which rows of a batch see each other. Rows {@code first} … {@code first + length - 1} are a text,
 * each seeing itself and what stands before it. Then, only when scoring, comes one row for each of
 * {@code parents}: it sees the whole text, its ancestors among these rows, and itself; {@code
 * parents.get(j)} is the row (from 0) that row j follows, or -1 where it follows the text.
 */
public record Passage(int first, int length, List<Integer> parents) {
    public Passage {
        if (first < 0 || length < 1) {
            throw new IllegalArgumentException("rows %d, length %d".formatted(first, length));
        }
        parents = List.copyOf(parents);
        for (int j = 0; j < parents.size(); j++) {
            if (parents.get(j) < -1 || parents.get(j) >= j) {
                throw new IllegalArgumentException("row %d follows a later one".formatted(j));
            }
        }
    }

    /** A text and nothing after it. */
    public static Passage of(int first, int length) {
        return new Passage(first, length, List.of());
    }

    public int rows() {
        return length + parents.size();
    }
}
