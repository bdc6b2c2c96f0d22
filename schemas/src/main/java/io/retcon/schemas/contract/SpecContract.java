package io.retcon.schemas.contract;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.history.Window;
import io.retcon.schemas.record.Intervention;
import io.retcon.schemas.record.Retraining;
import io.retcon.schemas.record.Selection;
import io.retcon.schemas.spec.InterventionSpec;
import io.retcon.schemas.spec.Specs;

/** The bounds of a spec, as it was published and after validation. */
final class SpecContract {
    /** Replicates of an arm, as in the spec's JSON Schema. */
    private static final int REPLICATES = 1000;

    /** Retrainings of an intervention. */
    private static final int RETRAININGS = 100_000;

    private SpecContract() {}

    static void check(Intervention intervention) {
        Bounds.name("id", intervention.getId());
    }

    static void check(Selection selection) {
        Bounds.name("intervention", selection.getIntervention());
        check(spec(selection));
        selection.getItems().forEach(item -> Bounds.name("benchmark", item.getBenchmark()));
        selection
                .getBenchmarkItems()
                .forEach(
                        (benchmark, items) -> {
                            Bounds.name("benchmark", benchmark);
                            Bounds.atLeast(0, "benchmarkItems", items);
                        });
    }

    private static InterventionSpec spec(Selection selection) {
        try {
            return Specs.of(selection);
        } catch (RefusedInput e) {
            throw new RefusedInput("its 'spec': " + e.getMessage(), e);
        }
    }

    static void check(Retraining retraining) {
        Bounds.retraining(retraining.getId());
        Bounds.name("run", retraining.getRun());
        Window.of(retraining.getWindow());
        Bounds.between(1, REPLICATES, "replicates", retraining.getRetrain().getReplicates());
        Bounds.atLeast(0, "documents", retraining.getDocuments());
        Bounds.atLeast(0, "truncated", retraining.getTruncated());
        Bounds.atLeast(0, "stepsDone", retraining.getStepsDone());
    }

    private static void check(InterventionSpec spec) {
        Bounds.name("run", spec.run());
        Window.of(spec.window());
        Bounds.between(1, REPLICATES, "replicates", spec.retrain().getReplicates());
        spec.arms().forEach(arm -> Bounds.name("arm", arm));
        if ((long) spec.arms().size() * spec.retrain().getReplicates() > RETRAININGS) {
            throw new RefusedInput(
                    "%d arms of %d replicates are more than %d retrainings"
                            .formatted(
                                    spec.arms().size(),
                                    spec.retrain().getReplicates(),
                                    RETRAININGS));
        }
    }
}
