package io.retcon.streams.rewriting;

import io.retcon.schemas.Sha256;
import io.retcon.schemas.record.Closing;
import io.retcon.schemas.record.DocumentRef;
import io.retcon.schemas.record.HistorySequence;
import io.retcon.schemas.record.MaskedSpan;
import io.retcon.schemas.record.Plan;
import io.retcon.schemas.record.Progress;
import io.retcon.schemas.record.Rewrite;
import io.retcon.schemas.record.TokenWidth;
import io.retcon.schemas.topic.Keys;
import io.retcon.streams.state.Routed;
import io.retcon.streams.walking.Errand;
import io.retcon.streams.walking.Errands;

import org.apache.kafka.streams.processor.api.Record;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/** Walks to the targets and writes the changed sequences of an arm, in order, then how many. */
final class Rewriting implements Errands<Plan> {
    @Override
    public Plan plan(Plan plan) {
        return plan;
    }

    @Override
    public Optional<DocumentRef> destination(Plan plan) {
        return plan.getTarget();
    }

    @Override
    public Errand<Plan> begin(Plan closing, int partition) {
        return new ArmRewriting(closing, partition);
    }

    @Override
    public String stage() {
        return "rewrite";
    }

    private static final class ArmRewriting implements Errand<Plan> {
        private final Plan closing;
        private final int partition;
        private final Sha256 sha = new Sha256();
        private TokenWidth width = TokenWidth.U32;
        private long sequences;
        private long lastStep;

        ArmRewriting(Plan closing, int partition) {
            this.closing = closing;
            this.partition = partition;
        }

        @Override
        public List<Record<String, Routed<?>>> visit(HistorySequence sequence, List<Plan> plans) {
            var rewrite = SequenceRewriter.rewrite(sequence, plans);
            if (rewrite.getLineage().isEmpty()) {
                return List.of();
            }
            sha.update(rewrite.getTokens());
            rewrite.getMasked().forEach(span -> sha.update(line(span)));
            width = sequence.getWidth();
            lastStep = sequence.getStep();
            sequences++;
            return List.of(
                    routed(
                            Keys.join(
                                    closing.getIntervention(),
                                    closing.getArm(),
                                    sequence.getStep(),
                                    sequence.getSequence()),
                            rewrite));
        }

        @Override
        public List<Record<String, Routed<?>>> report(long done, long total) {
            var progress =
                    Progress.newBuilder()
                            .setIntervention(closing.getIntervention())
                            .setStage("rewrite")
                            .setDone(done)
                            .setTotal(total)
                            .setRate(0)
                            .setUnit("documents")
                            .build();
            return List.of(
                    new Record<>(
                            Keys.join(closing.getIntervention(), closing.getArm(), partition),
                            new Routed<>(partition, progress),
                            lastStep));
        }

        @Override
        public List<Record<String, Routed<?>>> finish() {
            var end =
                    Rewrite.newBuilder()
                            .setIntervention(closing.getIntervention())
                            .setRun(closing.getRun())
                            .setArm(closing.getArm())
                            .setWidth(width)
                            .setTokens(ByteBuffer.allocate(0))
                            .setDocuments(List.of())
                            .setLineage(List.of())
                            .setTruncated(List.of())
                            .setPlan(closing.getPlan().orElse(null))
                            .setClosing(new Closing(sequences, sha.hex()))
                            .build();
            return List.of(
                    routed(
                            Keys.join(
                                    closing.getIntervention(),
                                    closing.getArm(),
                                    "closing",
                                    partition),
                            end));
        }

        private static String line(MaskedSpan span) {
            return Keys.join("masked", span.getStart(), span.getLength()) + "\n";
        }

        private Record<String, Routed<?>> routed(String key, Rewrite rewrite) {
            return new Record<>(key, new Routed<>(partition, rewrite), lastStep);
        }
    }
}
