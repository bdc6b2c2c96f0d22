package io.retcon.deploy.intervention;

import io.retcon.schemas.history.Window;
import io.retcon.schemas.record.InterventionSpec;
import io.retcon.schemas.record.Selection;
import io.retcon.streams.planning.MatchedDocuments;
import io.retcon.streams.planning.PlanSummary;

/**
 * What `plan` says.
 *
 * @param documentsLeft matched documents that stay as they are, because donors run out
 * @param minimumDetectableEffect smallest difference in the share right that 80 % of such
 *     interventions would call significant at 5 %, if items flip as often between arms as they did
 *     between the run's checkpoints; absent without items
 * @param tokensToTrain over all retrainings
 */
record PlanReport(
        String name,
        String run,
        String window,
        int items,
        int documents,
        int documentsLeft,
        int donors,
        int bystanders,
        long tokensTouched,
        long sequencesTouched,
        long tokensTruncated,
        int documentsOfSeveralItems,
        long placeboImbalance,
        int retrainings,
        long stepsToTrain,
        long tokensToTrain,
        Double minimumDetectableEffect,
        String planSha256) {
    /** 1.96 + 0.84: the normal quantiles of a 5 % two-sided test and of 80 % power. */
    private static final double QUANTILES = 2.80;

    static PlanReport of(
            InterventionSpec spec,
            Selection selection,
            MatchedDocuments matched,
            PlanSummary plan,
            long tokensPerStep,
            double flipRate) {
        var window = Window.of(spec.getWindow());
        int items = selection.getItems().size();
        int retrainings = spec.getArms().size() * spec.getRetrain().getReplicates();
        long steps = retrainings * window.steps();
        return new PlanReport(
                spec.getName(),
                spec.getRun(),
                window.toString(),
                items,
                matched.targets().size(),
                spec.getArms().contains("treated") ? matched.targets().size() - plan.targets() : 0,
                matched.donors().size(),
                matched.bystanders().size(),
                plan.tokensTouched(),
                plan.sequencesTouched(),
                plan.tokensTruncated(),
                plan.sharedTargets(),
                plan.placeboImbalance(),
                retrainings,
                steps,
                steps * tokensPerStep,
                items == 0 ? null : Math.min(1, QUANTILES * Math.sqrt(flipRate / items)),
                plan.sha256());
    }

    String text() {
        var text = new StringBuilder();
        text.append("%s: window %s of run %s%n".formatted(name, window, run));
        text.append(
                "selects   %,d items; %,d documents match (%,d claimed by several items)%n"
                        .formatted(items, documents, documentsOfSeveralItems));
        if (items == 0) {
            text.append(
                    "          No item is selected, so there is nothing to estimate: choose another step or rule.%n"
                            .formatted());
        } else if (documents == 0) {
            text.append(
                    "          No document matches: every arm would be the control, and no effect can be seen.%n"
                            .formatted());
        }
        text.append(
                "swaps     %,d tokens in %,d sequences; %,d tokens fall off sequences' ends%n"
                        .formatted(tokensTouched, sequencesTouched, tokensTruncated));
        if (documentsLeft > 0) {
            text.append(
                    "leaves    %,d of the matched documents as they are, because donors run out%n"
                            .formatted(documentsLeft));
        }
        text.append(
                "draws     from %,d donors; the placebo from %,d bystanders, %,d of other lengths%n"
                        .formatted(donors, bystanders, placeboImbalance));
        text.append(
                "costs     %,d retrainings, %,d steps, %,d tokens%n"
                        .formatted(retrainings, stepsToTrain, tokensToTrain));
        if (minimumDetectableEffect != null && minimumDetectableEffect >= 1) {
            text.append("detects   nothing: too few items for so noisy a run%n".formatted());
        } else if (minimumDetectableEffect != null) {
            text.append(
                    "detects   a difference of about %.3f in the share right (80 %% power at 5 %%)%n"
                            .formatted(minimumDetectableEffect));
        }
        return text.append("plan      %s".formatted(planSha256)).toString();
    }
}
