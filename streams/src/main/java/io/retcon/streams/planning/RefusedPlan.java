package io.retcon.streams.planning;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.record.Plan;
import io.retcon.schemas.record.Progress;
import io.retcon.schemas.record.Reject;
import io.retcon.streams.state.Routed;

import org.apache.kafka.streams.KeyValue;

import java.util.List;

/** An intervention that cannot be planned, and why: it goes no further. */
record RefusedPlan(String intervention, Reject reject) implements PlanningOutcome {
    RefusedPlan {
        requireNonNull(intervention, "intervention is null");
        requireNonNull(reject, "reject is null");
    }

    @Override
    public List<KeyValue<String, PlannedChange>> changes() {
        return List.of();
    }

    @Override
    public List<KeyValue<String, Routed<Plan>>> closings() {
        return List.of();
    }

    @Override
    public Progress progress() {
        return Progress.newBuilder()
                .setIntervention(intervention)
                .setStage("plan")
                .setDone(0)
                .setTotal(0)
                .setRate(0)
                .setUnit("documents")
                .setMessage("refused: " + reject.getReason())
                .build();
    }

    @Override
    public List<Reject> rejects() {
        return List.of(reject);
    }
}
