package io.retcon.streams.planning;

import io.retcon.schemas.history.PackedTokens;
import io.retcon.schemas.record.DocumentRef;
import io.retcon.schemas.record.HistorySequence;
import io.retcon.schemas.record.Plan;
import io.retcon.schemas.topic.Keys;
import io.retcon.streams.state.Routed;
import io.retcon.streams.walking.Errand;
import io.retcon.streams.walking.Errands;

import org.apache.kafka.streams.processor.api.Record;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * Walks to the donors and sends every plan on with its donor's tokens, to where its target lies.
 */
final class DonorFetch implements Errands<PlannedSwap> {
    @Override
    public Plan plan(PlannedSwap swap) {
        return swap.plan();
    }

    @Override
    public Optional<DocumentRef> destination(Plan plan) {
        return plan.getDonor();
    }

    @Override
    public Errand<PlannedSwap> begin(Plan closing, int partition) {
        return new Fetching();
    }

    private record Fetching() implements Errand<PlannedSwap> {
        @Override
        public List<Record<String, Routed<?>>> visit(
                HistorySequence sequence, List<PlannedSwap> work) {
            return work.stream().map(swap -> filled(swap, sequence)).toList();
        }

        private static Record<String, Routed<?>> filled(
                PlannedSwap swap, HistorySequence sequence) {
            var plan = swap.plan();
            var target = plan.getTarget().orElseThrow();
            var filled =
                    Plan.newBuilder(plan)
                            .setTokens(tokens(sequence, plan.getDonor().orElseThrow()))
                            .build();
            return new Record<>(
                    Keys.join(plan.getIntervention(), plan.getArm(), Keys.place(target)),
                    new Routed<>(swap.targetPartition(), filled),
                    target.getStep());
        }

        private static ByteBuffer tokens(HistorySequence sequence, DocumentRef donor) {
            int width = PackedTokens.bytesPerToken(sequence.getWidth());
            var packed = sequence.getTokens();
            return packed.slice(
                    packed.position() + donor.getStart() * width, donor.getLength() * width);
        }

        @Override
        public List<Record<String, Routed<?>>> report(long done, long total) {
            return List.of();
        }

        @Override
        public List<Record<String, Routed<?>>> finish() {
            return List.of();
        }
    }
}
