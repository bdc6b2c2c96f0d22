package io.retcon.indexer.dense;

import io.retcon.schemas.RefusedInput;

import java.util.Arrays;

/** How a text's vector comes from what a model gives. */
public enum Pooling {
    /** The vector of the first token ([CLS]), of an output [1, tokens, dimension]. */
    FIRST(3) {
        @Override
        float[] vector(float[] output, int dimension) {
            return Arrays.copyOf(output, dimension);
        }
    },
    /** The mean of all tokens' vectors, of an output [1, tokens, dimension]. */
    MEAN(3) {
        @Override
        float[] vector(float[] output, int dimension) {
            int tokens = output.length / dimension;
            var mean = new float[dimension];
            for (int d = 0; d < dimension; d++) {
                double sum = 0;
                for (int token = 0; token < tokens; token++) {
                    sum += output[token * dimension + d];
                }
                mean[d] = (float) (sum / tokens);
            }
            return mean;
        }
    },
    /** The model's own choice: an output [1, dimension]. */
    POOLED(2) {
        @Override
        float[] vector(float[] output, int dimension) {
            return output;
        }
    };

    private final int outputDimensions;

    Pooling(int outputDimensions) {
        this.outputDimensions = outputDimensions;
    }

    /** Of how many dimensions the output is that this pools. */
    int outputDimensions() {
        return outputDimensions;
    }

    /**
     * One text's vector.
     *
     * @param output of at least one token, row-major
     */
    abstract float[] vector(float[] output, int dimension);

    /** As {@code encoder.json} writes it. */
    public static Pooling named(String name) {
        return switch (name) {
            case "first" -> FIRST;
            case "mean" -> MEAN;
            case "pooled" -> POOLED;
            default ->
                    throw new RefusedInput(
                            "pooling '%s' is unknown: say first, mean or pooled".formatted(name));
        };
    }
}
