package io.retcon.streams.planning;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.history.PackedTokens;
import io.retcon.schemas.record.DocumentRef;
import io.retcon.schemas.record.HistorySequence;
import io.retcon.schemas.record.Operation;
import io.retcon.schemas.record.Plan;
import io.retcon.schemas.record.Request;
import io.retcon.schemas.topic.Keys;
import io.retcon.streams.state.Routed;
import io.retcon.streams.walking.Errand;
import io.retcon.streams.walking.Errands;

import org.apache.kafka.streams.processor.api.Record;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * Walks to where a plan's tokens lie, and sends the plan on with them, to where its target lies;
 * or, where a program of the user's says what comes there, a request for it. A document that the
 * tokenizer cannot say refuses the intervention.
 */
record TokenFetch(Tokenizers tokenizers) implements Errands<PlannedChange> {
    TokenFetch {
        requireNonNull(tokenizers, "tokenizers is null");
    }

    @Override
    public Plan plan(PlannedChange change) {
        return change.plan();
    }

    /** Where the donor lies, if it lies in a history; else the target's place. */
    @Override
    public Optional<DocumentRef> destination(Plan plan) {
        return plan.getDonor().filter(donor -> donor.getStep() >= 0).or(plan::getTarget);
    }

    @Override
    public Errand<PlannedChange> begin(Plan closing, int partition) {
        return new Fetching();
    }

    @Override
    public String stage() {
        return "plan";
    }

    private final class Fetching implements Errand<PlannedChange> {
        @Override
        public List<Record<String, Routed<?>>> visit(
                HistorySequence sequence, List<PlannedChange> work) {
            return work.stream().map(change -> named(change, sequence)).toList();
        }

        private Record<String, Routed<?>> named(PlannedChange change, HistorySequence sequence) {
            try {
                return filled(change, sequence);
            } catch (RefusedInput e) {
                throw RefusedText.of(change.plan(), e);
            }
        }

        private Record<String, Routed<?>> filled(PlannedChange change, HistorySequence sequence) {
            var plan = change.plan();
            var target = plan.getTarget().orElseThrow();
            if (plan.getOperation().orElseThrow() == Operation.EXTERNAL) {
                return request(change, sequence);
            }
            var tokens = tokens(plan, sequence);
            var filled = Plan.newBuilder(plan).setTokens(tokens.orElse(null)).build();
            return new Record<>(
                    key(plan), new Routed<>(change.targetPartition(), filled), target.getStep());
        }

        private Record<String, Routed<?>> request(PlannedChange change, HistorySequence sequence) {
            var plan = change.plan();
            var target = plan.getTarget().orElseThrow();
            int[] tokens = PackedTokens.unpack(slice(sequence, target), sequence.getWidth());
            var request =
                    Request.newBuilder()
                            .setIntervention(plan.getIntervention())
                            .setArm(plan.getArm())
                            .setDocument(target)
                            .setItems(plan.getItems())
                            .setText(tokenizers.of(plan.getRun()).decode(tokens))
                            .setTokens(PackedTokens.pack(tokens, sequence.getWidth()))
                            .setPlan(plan)
                            .setWidth(sequence.getWidth())
                            .setPartition(change.targetPartition())
                            .build();
            return new Record<>(key(plan), new Routed<>(0, request), target.getStep());
        }

        private static String key(Plan plan) {
            return Keys.join(
                    plan.getIntervention(),
                    plan.getArm(),
                    Keys.place(plan.getTarget().orElseThrow()),
                    plan.getOrder());
        }

        private Optional<ByteBuffer> tokens(Plan plan, HistorySequence sequence) {
            boolean stays =
                    plan.getDonor().isEmpty()
                            && (plan.getSubstitutions().isEmpty()
                                    || plan.getOperation().orElseThrow() == Operation.DROP);
            if (stays) {
                return Optional.empty();
            }
            var packed =
                    plan.getTokens()
                            .orElseGet(() -> slice(sequence, destination(plan).orElseThrow()));
            if (plan.getSubstitutions().isEmpty()) {
                return Optional.of(packed);
            }
            var reworded =
                    new Rewording(plan, tokenizers.of(plan.getRun()))
                            .of(packed, sequence.getWidth());
            return plan.getDonor().isEmpty() ? reworded : reworded.or(() -> Optional.of(packed));
        }

        private static ByteBuffer slice(HistorySequence sequence, DocumentRef document) {
            int width = PackedTokens.bytesPerToken(sequence.getWidth());
            var packed = sequence.getTokens();
            return packed.slice(
                    packed.position() + document.getStart() * width, document.getLength() * width);
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
