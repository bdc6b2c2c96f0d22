package io.retcon.streams.effects;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.record.Retraining;
import io.retcon.schemas.record.Selection;
import io.retcon.schemas.spec.Specs;

import java.util.Collection;

/**
 * An intervention whose retrainings came to an end, as effects are estimated from it.
 *
 * @param selection with the items that count
 * @param arms with the replicates that count
 * @param outcomes of the selected items and of the others of their benchmarks
 */
record Retrained(Selection selection, FinishedArms arms, OutcomeTable outcomes) {
    Retrained {
        requireNonNull(selection, "selection is null");
        requireNonNull(arms, "arms is null");
        requireNonNull(outcomes, "outcomes is null");
    }

    static Retrained of(
            Selection chosen, Collection<Retraining> retrainings, OutcomeTable outcomes) {
        var arms = FinishedArms.of(Specs.of(chosen), retrainings);
        var confirmed =
                ConfirmedSelection.of(chosen, JitteredReplicates.counted(arms, outcomes), outcomes);
        return new Retrained(confirmed.selection(), confirmed.arms(), outcomes);
    }

    String intervention() {
        return selection.getIntervention();
    }

    String name() {
        return Specs.of(selection).name();
    }
}
