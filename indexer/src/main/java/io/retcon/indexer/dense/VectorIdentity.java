package io.retcon.indexer.dense;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.RefusedInput;

import java.util.Map;

/**
 * Whose vectors a folder holds.
 *
 * @param documents names them: the run, its window and whatever else decides their texts
 * @param encoder the {@link Encoder#sha256} of what made them
 */
public record VectorIdentity(String documents, String encoder, int dimension) {
    public VectorIdentity {
        requireNonNull(documents, "documents is null");
        requireNonNull(encoder, "encoder is null");
        if (dimension < 1 || dimension > PlainVectorFormat.MAXIMUM_DIMENSION) {
            throw new RefusedInput(
                    "the encoder gives vectors of %d numbers: give one of at most %d"
                            .formatted(dimension, PlainVectorFormat.MAXIMUM_DIMENSION));
        }
    }

    public static VectorIdentity of(String documents, Encoder encoder) {
        return new VectorIdentity(documents, encoder.sha256(), encoder.dimension());
    }

    /** What a Lucene commit says of them. */
    Map<String, String> commitData(int count) {
        return Map.of(
                "documents",
                documents,
                "encoder",
                encoder,
                "dimension",
                Integer.toString(dimension),
                "count",
                Integer.toString(count));
    }
}
