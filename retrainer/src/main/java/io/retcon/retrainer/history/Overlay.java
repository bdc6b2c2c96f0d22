package io.retcon.retrainer.history;

import io.retcon.schemas.history.PackedTokens;
import io.retcon.schemas.history.Window;
import io.retcon.schemas.record.HistorySequence;
import io.retcon.schemas.record.MaskedSpan;
import io.retcon.schemas.record.Rewrite;
import io.retcon.schemas.record.RunManifest;
import io.retcon.schemas.topic.Cluster;

import java.util.ArrayList;
import java.util.List;

/** What an arm's sequences are instead of what history says. */
sealed interface Overlay extends AutoCloseable {
    /** What stands in the place of {@code sequence}; ask in training order. */
    Row row(HistorySequence sequence);

    /** To be called after the window's last sequence. */
    void checkAllTaken();

    @Override
    void close();

    /** A sequence's token ids, and which of them the loss ignores. */
    record Row(int[] tokens, List<MaskedSpan> masked) {
        static Row of(HistorySequence sequence) {
            return new Row(
                    PackedTokens.unpack(sequence.getTokens(), sequence.getWidth()), List.of());
        }

        static Row of(Rewrite rewrite) {
            return new Row(
                    PackedTokens.unpack(rewrite.getTokens(), rewrite.getWidth()),
                    rewrite.getMasked());
        }
    }

    /** History as it is. */
    record None() implements Overlay {
        @Override
        public Row row(HistorySequence sequence) {
            return Row.of(sequence);
        }

        @Override
        public void checkAllTaken() {}

        @Override
        public void close() {}
    }

    /** An arm's rewritten sequences in the places of history's. */
    final class Rewritten implements Overlay {
        private final RunManifest manifest;
        private final List<OverlayPartition> partitions = new ArrayList<>();

        Rewritten(
                Cluster cluster,
                RunManifest manifest,
                String intervention,
                String arm,
                Window window) {
            this.manifest = manifest;
            for (int p = 0; p < manifest.getPartitions(); p++) {
                partitions.add(new OverlayPartition(cluster, intervention, arm, p, window.from()));
            }
        }

        @Override
        public Row row(HistorySequence sequence) {
            long place =
                    sequence.getStep() * manifest.getSequencesPerStep() + sequence.getSequence();
            return partitions
                    .get((int) (place % partitions.size()))
                    .take(sequence.getStep(), sequence.getSequence())
                    .map(Row::of)
                    .orElseGet(() -> Row.of(sequence));
        }

        @Override
        public void checkAllTaken() {
            partitions.forEach(OverlayPartition::checkAllTaken);
        }

        @Override
        public void close() {
            partitions.forEach(OverlayPartition::close);
        }
    }
}
