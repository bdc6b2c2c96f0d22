package io.retcon.streams.ingest;

import io.retcon.schemas.record.DocumentSpan;

import java.util.List;

/** T tokens and the documents in them, by position. */
record PackedSequence(int[] tokens, List<DocumentSpan> documents) {
    PackedSequence {
        documents = List.copyOf(documents);
    }
}
