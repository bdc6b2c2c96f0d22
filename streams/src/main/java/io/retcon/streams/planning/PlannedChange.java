package io.retcon.streams.planning;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.record.Plan;
import io.retcon.streams.state.FieldsSerde;

import org.apache.kafka.common.serialization.Serde;

/**
 * A plan, or the closing plan, on its way to the tokens that it needs.
 *
 * @param sourcePartition partition of history that holds these
 * @param targetPartition partition of history that holds the target
 */
record PlannedChange(int sourcePartition, int targetPartition, Plan plan) {
    private static final String TOPIC = "planned-changes";

    PlannedChange {
        requireNonNull(plan, "plan is null");
    }

    static Serde<PlannedChange> serde(Serde<Plan> plans) {
        return new FieldsSerde<>(
                (change, out) -> {
                    out.writeInt(change.sourcePartition);
                    out.writeInt(change.targetPartition);
                    out.write(plans.serializer().serialize(TOPIC, change.plan));
                },
                in ->
                        new PlannedChange(
                                in.readInt(),
                                in.readInt(),
                                plans.deserializer().deserialize(TOPIC, in.readAllBytes())));
    }
}
