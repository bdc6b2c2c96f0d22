package io.retcon.streams.planning;

import io.retcon.schemas.record.Plan;
import io.retcon.schemas.record.Progress;
import io.retcon.schemas.record.Reject;
import io.retcon.streams.state.Routed;

import org.apache.kafka.streams.KeyValue;

import java.util.List;

/** What planning made of an intervention: plans for its arms, or a refusal. */
sealed interface PlanningOutcome permits PlannedIntervention, RefusedPlan {
    /** Plans without their tokens, and how many go to each partition that these lie in. */
    List<KeyValue<String, PlannedChange>> changes();

    /** How many plans of each arm each target partition gets. */
    List<KeyValue<String, Routed<Plan>>> closings();

    Progress progress();

    List<Reject> rejects();
}
