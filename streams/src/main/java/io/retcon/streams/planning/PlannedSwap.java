package io.retcon.streams.planning;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.record.Plan;
import io.retcon.streams.state.FieldsSerde;

import org.apache.kafka.common.serialization.Serde;

/**
 * A plan, or the closing plan, on its way to the donor's tokens.
 *
 * @param donorPartition partition of history that holds the donor
 * @param targetPartition partition of history that holds the target
 */
record PlannedSwap(int donorPartition, int targetPartition, Plan plan) {
    private static final String TOPIC = "planned-swaps";

    PlannedSwap {
        requireNonNull(plan, "plan is null");
    }

    static Serde<PlannedSwap> serde(Serde<Plan> plans) {
        return new FieldsSerde<>(
                (swap, out) -> {
                    out.writeInt(swap.donorPartition);
                    out.writeInt(swap.targetPartition);
                    out.write(plans.serializer().serialize(TOPIC, swap.plan));
                },
                in ->
                        new PlannedSwap(
                                in.readInt(),
                                in.readInt(),
                                plans.deserializer().deserialize(TOPIC, in.readAllBytes())));
    }
}
