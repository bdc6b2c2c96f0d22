package io.retcon.streams.ingest;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.record.DocumentSpan;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Lays documents one after another into sequences of T tokens, an EOS token after each. A document
 * that does not fit continues in the next sequence, where it is a document of its own: 'id#2',
 * 'id#3', …. Tokens that fill no whole sequence at the end are dropped. Not thread-safe.
 */
final class SequencePacker {
    private final int[] sequence;
    private final int eos;
    private final Consumer<PackedSequence> sink;
    private final List<DocumentSpan> spans = new ArrayList<>();
    private int filled;

    SequencePacker(int tokensPerSequence, int eos, Consumer<PackedSequence> sink) {
        this.sequence = new int[tokensPerSequence];
        this.eos = eos;
        this.sink = requireNonNull(sink, "sink is null");
    }

    void add(String id, int[] tokens) {
        int done = 0;
        for (int part = 1; done < tokens.length; part++) {
            int length = Math.min(tokens.length - done, sequence.length - filled);
            System.arraycopy(tokens, done, sequence, filled, length);
            spans.add(new DocumentSpan(part == 1 ? id : id + "#" + part, filled, length));
            done += length;
            filled += length;
            emitIfFull();
        }
        sequence[filled++] = eos;
        emitIfFull();
    }

    /** Tokens at the end that fill no sequence. */
    int dropped() {
        return filled;
    }

    private void emitIfFull() {
        if (filled == sequence.length) {
            sink.accept(new PackedSequence(sequence.clone(), spans));
            spans.clear();
            filled = 0;
        }
    }
}
