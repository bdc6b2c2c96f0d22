package io.retcon.retrainer.model;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * One tensor of a model.
 *
 * @param name its name in Hugging Face checkpoints
 * @param shape one or two sizes
 * @param offset where it starts in the model's weights, in floats
 */
public record Parameter(String name, List<Integer> shape, long offset) {
    public Parameter {
        requireNonNull(name, "name is null");
        shape = List.copyOf(shape);
        if (shape.isEmpty() || shape.size() > 2 || shape.stream().anyMatch(size -> size < 1)) {
            throw new IllegalArgumentException("%s has shape %s".formatted(name, shape));
        }
    }

    /** Outputs of a linear layer, 1 for a vector. */
    public int rows() {
        return shape.size() == 2 ? shape.getFirst() : 1;
    }

    public int columns() {
        return shape.getLast();
    }

    public long length() {
        return (long) rows() * columns();
    }

    /** One after the last float. */
    public long end() {
        return offset + length();
    }
}
