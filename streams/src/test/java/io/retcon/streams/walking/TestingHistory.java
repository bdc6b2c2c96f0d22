package io.retcon.streams.walking;

import io.retcon.schemas.history.PackedTokens;
import io.retcon.schemas.record.DocumentRef;
import io.retcon.schemas.record.DocumentSpan;
import io.retcon.schemas.record.HistorySequence;
import io.retcon.schemas.record.Manifest;
import io.retcon.schemas.record.RunManifest;
import io.retcon.schemas.record.TokenWidth;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * A random history in memory. Every token but EOS is unlike every other, so that where a token came
 * from can be told from the token.
 */
public record TestingHistory(
        int steps, int sequencesPerStep, int partitions, List<HistorySequence> sequences)
        implements HistorySource {
    public static final String RUN = "run";
    public static final int EOS = 0;

    public static TestingHistory random(
            Random random, int steps, int sequencesPerStep, int tokens, int partitions) {
        var sequences = new ArrayList<HistorySequence>();
        int token = 1;
        for (int step = 0; step < steps; step++) {
            for (int s = 0; s < sequencesPerStep; s++) {
                var ids = new int[tokens];
                var documents = new ArrayList<DocumentSpan>();
                for (int at = 0; at < tokens; at++) {
                    int length = Math.min(random.nextInt(12), tokens - at);
                    documents.add(new DocumentSpan("d%d-%d-%d".formatted(step, s, at), at, length));
                    for (int i = 0; i < length; i++) {
                        ids[at + i] = token++;
                    }
                    at += length; // the loop steps over the EOS
                }
                sequences.add(
                        new HistorySequence(
                                RUN,
                                (long) step,
                                s,
                                TokenWidth.U32,
                                PackedTokens.pack(ids, TokenWidth.U32),
                                documents));
            }
        }
        return new TestingHistory(steps, sequencesPerStep, partitions, sequences);
    }

    public Manifest manifest() {
        int tokens = tokens(sequences.getFirst()).length;
        return Manifest.newBuilder()
                .setRun(RUN)
                .setAbout(
                        RunManifest.newBuilder()
                                .setSequencesPerStep(sequencesPerStep)
                                .setTokensPerSequence(tokens)
                                .setPartitions(partitions)
                                .setVocabulary(1 << 20)
                                .setWidth(TokenWidth.U32)
                                .setEos(EOS)
                                .setSteps((long) steps)
                                .build())
                .build();
    }

    /** The documents of steps from … to−1, those without tokens among them. */
    public List<DocumentRef> documents(long from, long to) {
        var documents = new ArrayList<DocumentRef>();
        for (var sequence : sequences) {
            if (sequence.getStep() >= from && sequence.getStep() < to) {
                for (var span : sequence.getDocuments()) {
                    documents.add(
                            new DocumentRef(
                                    span.getId(),
                                    sequence.getStep(),
                                    sequence.getSequence(),
                                    span.getStart(),
                                    span.getLength()));
                }
            }
        }
        return documents;
    }

    public HistorySequence sequence(long step, int sequence) {
        return sequences.get((int) (step * sequencesPerStep + sequence));
    }

    public int[] tokens(DocumentRef document) {
        var tokens = tokens(sequence(document.getStep(), document.getSequence()));
        return java.util.Arrays.copyOfRange(
                tokens, document.getStart(), document.getStart() + document.getLength());
    }

    public static int[] tokens(HistorySequence sequence) {
        return PackedTokens.unpack(sequence.getTokens(), sequence.getWidth());
    }

    @Override
    public HistoryCursor open(String run, int partition, long step) {
        var inPartition = new ArrayList<HistorySequence>();
        for (int g = (int) step * sequencesPerStep; g < sequences.size(); g++) {
            if (g % partitions == partition) {
                inPartition.add(sequences.get(g));
            }
        }
        return new ListCursor(inPartition.iterator());
    }

    private record ListCursor(Iterator<HistorySequence> sequences) implements HistoryCursor {
        @Override
        public Optional<HistorySequence> next() {
            return sequences.hasNext() ? Optional.of(sequences.next()) : Optional.empty();
        }

        @Override
        public void close() {}
    }
}
