package io.retcon.streams.planning;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.record.Plan;
import io.retcon.schemas.record.Progress;
import io.retcon.schemas.record.Reject;
import io.retcon.schemas.topic.Keys;
import io.retcon.schemas.topic.TopicCatalogue;
import io.retcon.streams.state.Routed;

import org.apache.kafka.streams.processor.api.Record;

import java.util.List;

/** A document of an intervention that cannot be encoded or decoded: it refuses the intervention. */
public record RefusedText(String intervention, String reason) {
    public RefusedText {
        requireNonNull(intervention, "intervention is null");
        requireNonNull(reason, "reason is null");
    }

    public static RefusedText of(Plan plan, RefusedInput why) {
        var target = plan.getTarget().orElseThrow();
        return new RefusedText(
                plan.getIntervention(),
                "document '%s' (step %d, sequence %d) of arm '%s': %s"
                        .formatted(
                                plan.getDonor().orElse(target).getId(),
                                target.getStep(),
                                target.getSequence(),
                                plan.getArm(),
                                why.getMessage()));
    }

    /** What is published instead of the document's plan. */
    public List<Record<String, Routed<?>>> records(long timestamp) {
        var progress =
                Progress.newBuilder()
                        .setIntervention(intervention)
                        .setStage("plan")
                        .setDone(0)
                        .setTotal(0)
                        .setRate(0)
                        .setUnit("documents")
                        .setMessage("refused: " + reason)
                        .build();
        var reject =
                Reject.newBuilder()
                        .setTopic(TopicCatalogue.PLANS.name())
                        .setPartition(0)
                        .setOffset(-1)
                        .setKey(intervention)
                        .setReason(reason)
                        .build();
        return List.of(
                new Record<>(Keys.progress(progress), new Routed<>(0, progress), timestamp),
                new Record<>(intervention, new Routed<>(0, reject), timestamp));
    }
}
