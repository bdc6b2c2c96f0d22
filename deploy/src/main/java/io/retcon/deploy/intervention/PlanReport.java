package io.retcon.deploy.intervention;

import io.retcon.schemas.history.Window;
import io.retcon.schemas.record.ItemRef;
import io.retcon.schemas.record.RetrainSpec;
import io.retcon.schemas.record.Selection;
import io.retcon.schemas.spec.Donors;
import io.retcon.schemas.spec.InterventionSpec;
import io.retcon.schemas.spec.OperationSpec;
import io.retcon.streams.planning.DocumentLimit;
import io.retcon.streams.planning.MatchedDocuments;
import io.retcon.streams.planning.PlanSummary;
import io.retcon.streams.planning.PlannedArms;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What `plan` says.
 *
 * @param operations in order
 * @param arms arm to the documents it changes
 * @param givenAbsent names of the matcher {@code given} that are nobody's; absent if there are none
 * @param documentsAsked how many of the matched documents the spec takes; absent for all
 * @param taken which of them, in words; absent for all
 * @param documentsLeft matched documents that stay as they are
 * @param itemsDropped items that are left out because donors run out
 * @param documentsInserted documents put between others
 * @param matchingDonors arm to the donors in it that match an item of the benchmark
 * @param documentsCut changed documents that go on from the sequence before, whose end cuts them
 * @param longer most tokens by which what replaces a document is longer
 * @param shorter most tokens by which it is shorter
 * @param placeboImbalance documents whose length has no counterpart in the placebo
 * @param placeboDistance largest difference between the shares of treated and of placebo documents
 *     up to a step
 * @param overlaps other interventions that change the same documents, and how many
 * @param replicates of each arm; of a factorial design retrainings with a factor on
 * @param itemsMatched selected items that some document matches
 * @param tokensToTrain over all retrainings
 * @param minimumDetectableEffect true difference in the first metric that 80 % of such
 *     interventions would find at 5 %; absent where the past says nothing
 * @param detectable the same of every metric, and the replicates for what the spec wants to find
 * @param factorial of a factorial design; absent for any other
 */
record PlanReport(
        String name,
        String run,
        String window,
        List<String> operations,
        Map<String, Long> arms,
        int items,
        int itemsMatched,
        int documents,
        GivenAbsent givenAbsent,
        Integer documentsAsked,
        String taken,
        int documentsLeft,
        List<String> itemsDropped,
        int documentsInserted,
        int donors,
        Map<String, Long> matchingDonors,
        int bystanders,
        long tokensTouched,
        long sequencesTouched,
        long tokensTruncated,
        int longer,
        int shorter,
        int documentsOfSeveralItems,
        long documentsCut,
        long placeboImbalance,
        double placeboDistance,
        Map<String, Integer> overlaps,
        int retrainings,
        long stepsToTrain,
        long tokensToTrain,
        int replicates,
        Double minimumDetectableEffect,
        List<Detectable> detectable,
        FactorialPlan factorial,
        String planSha256) {

    static PlanReport of(
            InterventionSpec spec,
            Selection selection,
            MatchedDocuments matched,
            PlannedArms planned,
            Map<String, Integer> overlaps,
            long tokensPerStep,
            PastScores past) {
        var plan = PlanSummary.of(planned);
        var window = Window.of(spec.window());
        int matchedItems = matchedItems(matched);
        int items = selection.getItems().size();
        var factorial =
                spec.factors().isEmpty() ? null : FactorialPlan.of(selection, matched, planned);
        var twoArms = factorial == null ? estimating(spec) : FactorialPlan.asTwoArms(spec);
        int estimated = spec.select().getMatched() ? matchedItems : items;
        var detectable =
                Detectable.of(
                        twoArms, past, factorial == null ? estimated : factorial.fewestItems());
        int retrainings = spec.arms().size() * spec.retrain().getReplicates();
        long steps = retrainings * window.steps();
        return new PlanReport(
                spec.name(),
                spec.run(),
                window.toString(),
                spec.operate().stream().map(OperationSpec::operation).toList(),
                changes(planned),
                items,
                matchedItems,
                documents(spec, matched),
                GivenAbsent.of(selection, matched).orElse(null),
                planned.limit().map(DocumentLimit::asked).orElse(null),
                planned.limit().map(DocumentLimit::text).orElse(null),
                planned.left(),
                planned.droppedItems().stream().map(ItemRef::getId).toList(),
                plan.inserted(),
                matched.donors().size(),
                matchingDonors(planned),
                matched.bystanders().size(),
                plan.tokensTouched(),
                plan.sequencesTouched(),
                plan.tokensTruncated(),
                plan.longer(),
                plan.shorter(),
                plan.sharedDocuments(),
                planned.treatedCuts(),
                plan.placeboImbalance(),
                plan.placeboDistance(),
                overlaps,
                retrainings,
                steps,
                steps * tokensPerStep,
                twoArms.retrain().getReplicates(),
                detectable.stream()
                        .filter(of -> of.metric().equals(spec.metrics().getFirst()))
                        .map(Detectable::minimumDetectable)
                        .findFirst()
                        .orElse(null),
                detectable,
                factorial,
                planned.sha256());
    }

    /** The spec with the replicates that are left to estimate from where others confirm. */
    private static InterventionSpec estimating(InterventionSpec spec) {
        int replicates = spec.retrain().getReplicates();
        return !spec.select().getSplit()
                ? spec
                : InterventionSpec.newBuilder(spec)
                        .setRetrain(
                                RetrainSpec.newBuilder(spec.retrain())
                                        .setReplicates(replicates - replicates / 2)
                                        .build())
                        .build();
    }

    private static int matchedItems(MatchedDocuments matched) {
        return (int)
                Stream.concat(matched.targets().stream(), matched.matchingDonors().stream())
                        .flatMap(target -> target.items().stream())
                        .distinct()
                        .count();
    }

    private static int documents(InterventionSpec spec, MatchedDocuments matched) {
        return Donors.of(spec).filter(Donors::matching).isPresent()
                ? matched.matchingDonors().size()
                : matched.targets().size();
    }

    private static Map<String, Long> changes(PlannedArms planned) {
        var changes = new LinkedHashMap<String, Long>();
        planned.arms().forEach(plan -> changes.put(plan.arm().label(), plan.documents()));
        return changes;
    }

    private static Map<String, Long> matchingDonors(PlannedArms planned) {
        var matching = new LinkedHashMap<String, Long>();
        planned.arms().forEach(p -> matching.put(p.arm().label(), planned.matchingDonors(p)));
        return matching;
    }

    String text() {
        var text = new StringBuilder();
        text.append("%s: window %s of run %s%n".formatted(name, window, run));
        text.append(
                "selects   %,d items, of which %,d are matched; %,d documents match (%,d claimed by several items)%n"
                        .formatted(items, itemsMatched, documents, documentsOfSeveralItems));
        if (items == 0) {
            text.append(
                    "          No item is selected, so there is nothing to estimate: choose another step or rule.%n"
                            .formatted());
        } else if (documents == 0) {
            text.append(
                    "          No document matches: every arm would be the control, and no effect can be seen.%n"
                            .formatted());
        }
        if (givenAbsent != null) {
            text.append(givenAbsent.text());
        }
        if (taken != null) {
            text.append("limit     %s%n".formatted(taken));
        }
        text.append(
                "%-9s %,d tokens in %,d sequences; %,d tokens fall off sequences' ends%n"
                        .formatted(
                                String.join("+", operations),
                                tokensTouched,
                                sequencesTouched,
                                tokensTruncated));
        if (documentsCut > 0) {
            text.append(
                    "cuts      %,d of the changed documents go on from the sequence before; all parts of one are changed together%n"
                            .formatted(documentsCut));
        }
        if (longer > 0 || shorter > 0) {
            text.append(
                    "lengths   what comes in a document's place is up to %,d tokens longer, %,d shorter%n"
                            .formatted(longer, shorter));
        }
        if (documentsInserted > 0) {
            text.append("adds      %,d documents%n".formatted(documentsInserted));
        }
        if (factorial != null) {
            text.append(factorial.text());
        }
        text.append("arms      %s%n".formatted(armsText()));
        if (!itemsDropped.isEmpty()) {
            text.append(
                    "drops     %,d items whose documents stay as they are, because donors run out: %s%n"
                            .formatted(itemsDropped.size(), String.join(", ", itemsDropped)));
        }
        if (documentsLeft > 0) {
            text.append(
                    "leaves    %,d of the matched documents as they are%n"
                            .formatted(documentsLeft));
        }
        text.append("draws     %s%n".formatted(drawsText()));
        matchingDonors.forEach(
                (arm, count) -> {
                    if (count > 0) {
                        text.append(
                                "teaches   %s: %,d donors match an item of the benchmark%n"
                                        .formatted(arm, count));
                    }
                });
        overlaps.forEach(
                (other, shared) ->
                        text.append(
                                "overlaps  %,d documents with intervention %s%n"
                                        .formatted(shared, other)));
        text.append(
                "costs     %,d retrainings, %,d steps, %,d tokens%n"
                        .formatted(retrainings, stepsToTrain, tokensToTrain));
        for (var of : detectable) {
            text.append("detects   %s%n".formatted(of.text(replicates)));
        }
        return text.append("plan      %s".formatted(planSha256)).toString();
    }

    private String drawsText() {
        return factorial != null
                ? "from %,d donors".formatted(donors)
                : "from %,d donors; the placebo from %,d bystanders, %,d of other lengths, %.3f apart in position"
                        .formatted(donors, bystanders, placeboImbalance, placeboDistance);
    }

    private String armsText() {
        return arms.entrySet().stream()
                .map(arm -> "%s %,d".formatted(arm.getKey(), arm.getValue()))
                .collect(Collectors.joining(", "));
    }
}
