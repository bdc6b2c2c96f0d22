package io.retcon.retrainer.kernels;

/**
 * Attention heads side by side in the columns of a matrix: head h has {@code width} columns from
 * column h · {@code stride} on.
 */
public record Heads(Matrix rows, int count, int width, int stride) {
    public Heads {
        if (count < 1 || width < 1 || stride < width) {
            throw new IllegalArgumentException(
                    "%d heads of %d columns, %d apart".formatted(count, width, stride));
        }
    }

    /** Heads without gaps between them. */
    public static Heads adjacent(Matrix rows, int count, int width) {
        return new Heads(rows, count, width, width);
    }

    /** The columns of head {@code h}. */
    public Matrix head(int h) {
        return rows.columns(h * stride, width);
    }

    /** From row {@code row} on. */
    public Heads from(int row) {
        return new Heads(rows.from(row), count, width, stride);
    }
}
