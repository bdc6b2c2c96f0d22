package io.retcon.retrainer.kernels;

import static java.util.Objects.requireNonNull;

import java.lang.foreign.MemorySegment;

/**
 * Rows of {@code columns} floats, {@code stride} apart, from float {@code offset} on; how many rows
 * are meant is said with each use. A vector is a matrix of one row.
 */
public record Matrix(Floats floats, long offset, int columns, int stride) {
    public Matrix {
        requireNonNull(floats, "floats is null");
        if (offset < 0 || columns < 0 || stride < columns) {
            throw new IllegalArgumentException(
                    "offset %d, columns %d, stride %d".formatted(offset, columns, stride));
        }
    }

    /** From row {@code row} on. */
    public Matrix from(int row) {
        return new Matrix(floats, offset + (long) row * stride, columns, stride);
    }

    /** Columns {@code first} … {@code first + count - 1} of every row. */
    public Matrix columns(int first, int count) {
        return new Matrix(floats, offset + first, count, stride);
    }

    public float get(int row, int column) {
        return floats.get(offset + (long) row * stride + column);
    }

    public void set(int row, int column, float value) {
        floats.set(offset + (long) row * stride + column, value);
    }

    public void zero(int rows) {
        for (int row = 0; row < rows; row++) {
            floats.fill(offset + (long) row * stride, columns, 0);
        }
    }

    /** BLAS checks nothing, so what it is given is checked here. */
    void requireRoom(int rows, int columns) {
        if (rows > 0 && offset + (rows - 1L) * stride + columns > floats.length()) {
            throw new IndexOutOfBoundsException(
                    "%d x %d from %d, %d apart, of %d floats"
                            .formatted(rows, columns, offset, stride, floats.length()));
        }
    }

    MemorySegment segment() {
        return floats.segment();
    }

    /** Where the first float lies, for native code. */
    long address() {
        return floats.address(offset);
    }

    /** Where row {@code row} starts, in bytes. */
    long at(int row) {
        return (offset + (long) row * stride) * Float.BYTES;
    }
}
