package io.retcon.retrainer.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where each of a model's tensors lies in one run of floats. Tensors listed together lie end to
 * end, so that one matrix product serves them all; between groups there may be unused floats, which
 * stay zero.
 */
public final class ParameterLayout {
    private static final int ALIGNMENT = 16;

    private final Map<String, Parameter> parameters;
    private final long length;

    private ParameterLayout(Map<String, Parameter> parameters, long length) {
        this.parameters = parameters;
        this.length = length;
    }

    /** All tensors, in the order in which they lie. */
    public List<Parameter> parameters() {
        return List.copyOf(parameters.values());
    }

    /** Floats to allocate. */
    public long length() {
        return length;
    }

    /** Weights of the model. */
    public long count() {
        return parameters.values().stream().mapToLong(Parameter::length).sum();
    }

    public boolean contains(String name) {
        return parameters.containsKey(name);
    }

    public Parameter get(String name) {
        var parameter = parameters.get(name);
        if (parameter == null) {
            throw new IllegalArgumentException("no parameter " + name);
        }
        return parameter;
    }

    /**
     * Matrices under one another as one matrix, or vectors end to end as one vector.
     *
     * @param names of tensors that lie end to end, in their order
     */
    public Parameter adjacent(List<String> names) {
        var first = get(names.getFirst());
        long end = first.offset();
        int size = 0;
        for (var name : names) {
            var parameter = get(name);
            if (parameter.offset() != end) {
                throw new IllegalStateException(name + " does not follow the one before it");
            }
            end = parameter.end();
            size += parameter.shape().getFirst();
        }
        var shape = new ArrayList<>(first.shape());
        shape.set(0, size);
        return new Parameter(names.getFirst(), shape, first.offset());
    }

    /** Lays tensors out one after the other. */
    static final class Builder {
        private final Map<String, Parameter> parameters = new LinkedHashMap<>();
        private long end;

        /** Starts a group with a matrix. */
        Builder matrix(String name, int rows, int columns) {
            return align().andMatrix(name, rows, columns);
        }

        /** Right after the one before it. */
        Builder andMatrix(String name, int rows, int columns) {
            return add(name, List.of(rows, columns));
        }

        /** Starts a group with a vector. */
        Builder vector(String name, int size) {
            return align().andVector(name, size);
        }

        /** Right after the one before it. */
        Builder andVector(String name, int size) {
            return add(name, List.of(size));
        }

        ParameterLayout build() {
            return align().finish();
        }

        private ParameterLayout finish() {
            return new ParameterLayout(parameters, end);
        }

        private Builder align() {
            end = Math.ceilDiv(end, ALIGNMENT) * ALIGNMENT;
            return this;
        }

        private Builder add(String name, List<Integer> shape) {
            var parameter = new Parameter(name, shape, end);
            if (parameters.put(name, parameter) != null) {
                throw new IllegalArgumentException(name + " is listed twice");
            }
            end = parameter.end();
            return this;
        }
    }
}
