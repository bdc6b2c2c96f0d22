package io.retcon.streams.effects;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.record.CheckpointNoise;
import io.retcon.schemas.record.ClusterEffect;
import io.retcon.schemas.record.Effect;
import io.retcon.schemas.record.Selection;
import io.retcon.schemas.spec.Specs;
import io.retcon.streams.statistics.PairedEstimate;
import io.retcon.streams.statistics.PairedOutcomes;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Puts outcomes into words and numbers: the estimate over items or relations, its yardsticks, and
 * every caveat.
 */
final class Answer {
    private static final int MOST_RELATIONS = 64;

    private final Selection selection;
    private final OutcomeTable outcomes;

    Answer(Selection selection, OutcomeTable outcomes) {
        this.selection = requireNonNull(selection, "selection is null");
        this.outcomes = requireNonNull(outcomes, "outcomes is null");
    }

    /** What paired outcomes say, with what there is to know about them. */
    Effect of(Question question, PairedOutcomes paired, List<String> known) {
        var caveats = new ArrayList<>(known);
        var items = question.group().items();
        var clusters = Clusters.of(Specs.of(selection).cluster(), items, outcomes);
        var relations = Clusters.relations(items, outcomes);
        caveats.addAll(Caveats.ofClusters(clusters, relations));
        var units = clusters.map(of -> paired.clustered(of.ofItem())).orElse(paired);
        var estimate = PairedEstimate.of(units);
        caveats.addAll(Caveats.ofPower(estimate));
        var noise = noise(question);
        return question.effect()
                .setEstimate(estimate.estimate())
                .setLow(estimate.low())
                .setHigh(estimate.high())
                .setP(estimate.p())
                .setQ(estimate.p())
                .setMinimumDetectable(estimate.minimumDetectable())
                .setItems(items.size())
                .setReplicates(paired.replicates())
                .setCaveats(caveats)
                .setNoise(noise.orElse(null))
                .setSignalToNoise(
                        noise.filter(deviation -> deviation > 0)
                                .map(deviation -> Math.abs(estimate.estimate()) / deviation)
                                .orElse(null))
                .setClusteredBy(clusters.map(Clusters::by).orElse(null))
                .setClusters(
                        question.group().isSelected() ? ofRelations(paired, relations) : List.of())
                .build();
    }

    /** An answer that says why there is none. */
    static Effect nothing(Question question, String why, List<String> known) {
        var caveats = new ArrayList<String>();
        caveats.add("nothing was estimated: " + why);
        caveats.addAll(known);
        return question.effect()
                .setEstimate(0)
                .setLow(0)
                .setHigh(0)
                .setP(1)
                .setMinimumDetectable(0)
                .setItems(0)
                .setReplicates(0)
                .setCaveats(caveats)
                .build();
    }

    /** How much the run's own checkpoints differ, where that is known of exactly these items. */
    private Optional<Double> noise(Question question) {
        return selection.getNoise().stream()
                .filter(of -> of.getBenchmark().equals(question.group().name()))
                .filter(of -> of.getMetric().equals(question.metric()))
                .filter(of -> !Specs.of(selection).select().getMatched())
                .filter(
                        of ->
                                Specs.of(selection).factors().isEmpty()
                                        || !question.group().isSelected())
                .map(CheckpointNoise::getDeviation)
                .findFirst();
    }

    private static List<ClusterEffect> ofRelations(PairedOutcomes paired, Clusters relations) {
        int count = relations.names().size();
        if (count < 2 || count > MOST_RELATIONS) {
            return List.of();
        }
        return IntStream.range(0, count)
                .mapToObj(
                        relation -> {
                            var items = relations.itemsOf(relation);
                            var estimate = PairedEstimate.withoutDetectable(paired.only(items));
                            return new ClusterEffect(
                                    relations.names().get(relation),
                                    items.length,
                                    estimate.estimate(),
                                    estimate.low(),
                                    estimate.high());
                        })
                .toList();
    }
}
