package io.retcon.indexer.dense;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.RefusedInput;

import java.util.Map;

/**
 * Whose vectors a folder holds.
 *
 * @param encoder the {@link Encoder#sha256} of what made them
 */
public record VectorIdentity(String encoder, int dimension) {
    public VectorIdentity {
        requireNonNull(encoder, "encoder is null");
        if (dimension < 1 || dimension > PlainVectorFormat.MAXIMUM_DIMENSION) {
            throw new RefusedInput(
                    "the encoder gives vectors of %d numbers: give one of at most %d"
                            .formatted(dimension, PlainVectorFormat.MAXIMUM_DIMENSION));
        }
    }

    public static VectorIdentity of(Encoder encoder) {
        return new VectorIdentity(encoder.sha256(), encoder.dimension());
    }

    /** What a Lucene commit says of them. */
    Map<String, String> commitData(int documents) {
        return Map.of(
                "encoder", encoder,
                "dimension", Integer.toString(dimension),
                "documents", Integer.toString(documents));
    }
}
