package io.retcon.schemas.contract;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.history.PackedTokens;
import io.retcon.schemas.record.DocumentSpan;
import io.retcon.schemas.record.HistorySequence;
import io.retcon.schemas.record.Manifest;
import io.retcon.schemas.record.RunManifest;
import io.retcon.schemas.record.StepManifest;
import io.retcon.schemas.record.TokenWidth;

import java.nio.ByteBuffer;
import java.util.List;

/** The bounds of a run and of its sequences. */
final class HistoryContract {
    /** Tokens of a sequence: as many as a record of 16 MB holds at four bytes each. */
    static final int TOKENS = 1 << 22;

    /** Sequences of a step. */
    static final int SEQUENCES = 1 << 24;

    /** Partitions of a topic: more than brokers bear. */
    private static final int PARTITIONS = 1 << 16;

    /** Steps of a run: their sequences are counted in 63 bits. */
    static final long STEPS = 1L << 38;

    private HistoryContract() {}

    static void check(Manifest manifest) {
        Bounds.name("run", manifest.getRun());
        switch (manifest.getAbout()) {
            case RunManifest run -> check(run);
            case StepManifest step -> {
                Bounds.between(0, STEPS, "step", step.getStep());
                Bounds.between(0, SEQUENCES, "sequences", step.getSequences());
            }
            default -> throw new RefusedInput("a manifest is about a run or a step");
        }
    }

    private static void check(RunManifest run) {
        Bounds.between(1, SEQUENCES, "sequencesPerStep", run.getSequencesPerStep());
        Bounds.between(1, TOKENS, "tokensPerSequence", run.getTokensPerSequence());
        Bounds.between(1, PARTITIONS, "partitions", run.getPartitions());
        Bounds.atLeast(1, "vocabulary", run.getVocabulary());
        Bounds.between(0, STEPS, "steps", run.getSteps());
    }

    static void check(HistorySequence sequence) {
        Bounds.name("run", sequence.getRun());
        Bounds.between(0, STEPS, "step", sequence.getStep());
        Bounds.between(0, SEQUENCES, "sequence", sequence.getSequence());
        int tokens = tokens(sequence.getTokens(), sequence.getWidth());
        spans(sequence.getDocuments(), tokens);
    }

    /** How many tokens the bytes hold. */
    static int tokens(ByteBuffer packed, TokenWidth width) {
        int bytes = PackedTokens.bytesPerToken(width);
        if (packed.remaining() % bytes != 0) {
            throw new RefusedInput(
                    "%d bytes are no whole number of tokens of %d bytes each"
                            .formatted(packed.remaining(), bytes));
        }
        return packed.remaining() / bytes;
    }

    static void spans(List<DocumentSpan> documents, int tokens) {
        int end = 0;
        for (var document : documents) {
            Bounds.span("document", document.getStart(), document.getLength(), tokens);
            if (document.getStart() < end) {
                throw new RefusedInput(
                        "the document that starts at %d lies over the one before, which ends at %d"
                                .formatted(document.getStart(), end));
            }
            end = document.getStart() + document.getLength();
        }
    }
}
