package io.retcon.retrainer.safetensors;

import io.retcon.retrainer.kernels.Floats;

import java.util.List;

/** A tensor to write: floats {@code offset} … of {@code floats}, in row order. */
public record NamedTensor(String name, List<Integer> shape, Floats floats, long offset) {
    public NamedTensor {
        shape = List.copyOf(shape);
    }

    long bytes() {
        return shape.stream().mapToLong(Integer::longValue).reduce(Float.BYTES, (a, b) -> a * b);
    }
}
