package io.retcon.streams.planning;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.record.Plan;

/** The refusal of an intervention by a document of its that cannot be encoded or decoded. */
public final class RefusedText {
    private RefusedText() {}

    /** The same refusal, with the document named. */
    public static RefusedInput of(Plan plan, RefusedInput why) {
        var target = plan.getTarget().orElseThrow();
        return new RefusedInput(
                "document '%s' (step %d, sequence %d) of arm '%s': %s"
                        .formatted(
                                plan.getDonor().orElse(target).getId(),
                                target.getStep(),
                                target.getSequence(),
                                plan.getArm(),
                                why.getMessage()),
                why);
    }
}
