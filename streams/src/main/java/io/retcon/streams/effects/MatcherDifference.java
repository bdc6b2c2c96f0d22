package io.retcon.streams.effects;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.record.Effect;
import io.retcon.schemas.spec.Arm;
import io.retcon.schemas.spec.Contrast;
import io.retcon.schemas.spec.Specs;
import io.retcon.streams.statistics.PairedOutcomes;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.TreeSet;

/**
 * The treated arms of two interventions that differ in their matchers alone, paired by item and
 * replicate: what the control and its luck do to both is in neither.
 *
 * @param contrast as effects name it: {@code treated[bm25]-treated[cooccurrence]}
 */
record MatcherDifference(Contrast contrast, Retrained first, Retrained second) {
    private static final String TREATED = Arm.TREATED.label();

    MatcherDifference {
        requireNonNull(contrast, "contrast is null");
        requireNonNull(first, "first is null");
        requireNonNull(second, "second is null");
    }

    /** Every two of the interventions, by name and id; none of a design without a treated arm. */
    static List<MatcherDifference> among(Collection<Retrained> interventions) {
        var sorted =
                interventions.stream()
                        .filter(one -> one.arms().spec().arms().contains(TREATED))
                        .sorted(
                                Comparator.comparing(Retrained::name)
                                        .thenComparing(Retrained::intervention))
                        .toList();
        var differences = new ArrayList<MatcherDifference>();
        for (int i = 0; i < sorted.size(); i++) {
            for (var second : sorted.subList(i + 1, sorted.size())) {
                var first = sorted.get(i);
                var contrast =
                        new Contrast(
                                TREATED + label(first, sorted), TREATED + label(second, sorted));
                differences.add(new MatcherDifference(contrast, first, second));
            }
        }
        return differences;
    }

    /** Whether an effect's contrast is one of two matchers. */
    static boolean isNamed(String contrast) {
        return contrast.startsWith(TREATED + "[");
    }

    /** The matcher, and where a name was given twice the intervention. */
    private static String label(Retrained one, List<Retrained> all) {
        var name = one.name().substring(one.name().lastIndexOf('/') + 1);
        long alike = all.stream().filter(other -> other.name().equals(one.name())).count();
        return alike == 1 ? "[%s]".formatted(name) : "[%s:%s]".formatted(name, one.intervention());
    }

    boolean isOf(String intervention) {
        return first.intervention().equals(intervention)
                || second.intervention().equals(intervention);
    }

    /** Over the items that both have, from the replicates that succeeded in both. */
    Effect by(String metric) {
        var kept = new TreeSet<>(first.arms().replicates(TREATED));
        kept.retainAll(second.arms().replicates(TREATED));
        var replicates = List.copyOf(kept);
        var chosen = first.selection().getItems();
        var items = new ArrayList<>(chosen);
        items.retainAll(new HashSet<>(second.selection().getItems()));
        var group = new ItemGroup(ItemGroup.selected(first.selection()).name(), items);
        var question = new Question(group, metric, contrast);
        var caveats = new ArrayList<>(Caveats.ofMatchers(this, items.size(), replicates));
        if (items.isEmpty() || replicates.isEmpty()) {
            var why = "no item, or no replicate, is there with both matchers";
            return Answer.nothing(question, why, caveats);
        }
        var a = first.outcomes().values(TREATED, replicates, items, metric);
        var b = second.outcomes().values(TREATED, replicates, items, metric);
        if (a.isEmpty() || b.isEmpty()) {
            return Answer.nothing(question, question.unscored(), caveats);
        }
        var vary = Specs.of(first.selection()).retrain().getVary();
        caveats.addAll(Caveats.ofOutcomes(a.get(), b.get(), metric, vary));
        var paired =
                question.isShare()
                        ? PairedOutcomes.ofShares(a.get(), b.get())
                        : PairedOutcomes.ofMargins(a.get(), b.get());
        return new Answer(first.selection(), first.outcomes()).of(question, paired, caveats);
    }
}
