package io.retcon.retrainer.history;

import io.retcon.schemas.history.PackedTokens;
import io.retcon.schemas.history.Window;
import io.retcon.schemas.record.HistorySequence;
import io.retcon.schemas.record.RunManifest;
import io.retcon.schemas.topic.Cluster;

import java.util.ArrayList;
import java.util.List;

/** What an arm's sequences are instead of what history says. */
sealed interface Overlay extends AutoCloseable {
    /** The tokens that stand in the place of {@code sequence}; ask in training order. */
    int[] tokens(HistorySequence sequence);

    /** To be called after the window's last sequence. */
    void checkAllTaken();

    @Override
    void close();

    /** History as it is. */
    record None() implements Overlay {
        @Override
        public int[] tokens(HistorySequence sequence) {
            return PackedTokens.unpack(sequence.getTokens(), sequence.getWidth());
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
        public int[] tokens(HistorySequence sequence) {
            long place =
                    sequence.getStep() * manifest.getSequencesPerStep() + sequence.getSequence();
            return partitions
                    .get((int) (place % partitions.size()))
                    .take(sequence.getStep(), sequence.getSequence())
                    .map(r -> PackedTokens.unpack(r.getTokens(), r.getWidth()))
                    .orElseGet(
                            () -> PackedTokens.unpack(sequence.getTokens(), sequence.getWidth()));
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
