package io.retcon.streams.effects;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.record.CheckpointNoise;
import io.retcon.schemas.record.ClusterEffect;
import io.retcon.schemas.record.Effect;
import io.retcon.schemas.record.Selection;

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
    private final long seed;

    Answer(Selection selection, OutcomeTable outcomes) {
        this.selection = requireNonNull(selection, "selection is null");
        this.outcomes = requireNonNull(outcomes, "outcomes is null");
        this.seed = selection.getSpec().getSeed();
    }

    /** What paired outcomes say, with what there is to know about them. */
    Effect of(Question question, PairedOutcomes paired, List<String> known) {
        var caveats = new ArrayList<>(known);
        var items = question.group().items();
        var clusters = Clusters.of(selection.getSpec().getCluster(), items, outcomes);
        var relations = Clusters.relations(items, outcomes);
        caveats.addAll(Caveats.ofDegrees(paired));
        caveats.addAll(Caveats.ofClusters(clusters, relations, selection.getSpec().getCluster()));
        var units = clusters.map(of -> paired.clustered(of.ofItem())).orElse(paired);
        var estimate = PairedEstimate.of(units, question.seed(seed));
        double unseen = 0;
        if (estimate.standardError() == 0) {
            unseen = unseen(question, units, estimate.estimate());
            caveats.add(
                    unseen == 0
                            ? "nothing varied: the interval's width of 0 is no certainty"
                            : "nothing varied: the interval says only what so few could have"
                                    + " hidden");
        }
        var noise = noise(question);
        return question.effect()
                .setEstimate(estimate.estimate())
                .setLow(question.possible(estimate.low() - unseen))
                .setHigh(question.possible(estimate.high() + unseen))
                .setP(estimate.p())
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
                        question.group().isSelected()
                                ? ofRelations(question, paired, relations)
                                : List.of())
                .build();
    }

    /**
     * By how much the true difference may be another one where all of n items (or clusters) show
     * the same: as many as the exact interval of none in n leaves (Clopper and Pearson,
     * <i>Biometrika</i> 26, 1934) may differ from it, each as far as shares can. What is no share
     * has no bound.
     */
    private static double unseen(Question question, PairedOutcomes units, double difference) {
        double most = 1 - Math.pow((1 - PairedEstimate.LEVEL) / 2, 1.0 / units.items());
        return question.isShare() ? most * (1 + Math.abs(difference)) : 0;
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
                .filter(of -> !selection.getSpec().getSelect().getMatched())
                .filter(
                        of ->
                                selection.getSpec().getFactors().isEmpty()
                                        || !question.group().isSelected())
                .map(CheckpointNoise::getDeviation)
                .findFirst();
    }

    private List<ClusterEffect> ofRelations(
            Question question, PairedOutcomes paired, Clusters relations) {
        int count = relations.names().size();
        if (count < 2 || count > MOST_RELATIONS) {
            return List.of();
        }
        return IntStream.range(0, count)
                .mapToObj(
                        relation -> {
                            var items = relations.itemsOf(relation);
                            var estimate =
                                    PairedEstimate.of(
                                            paired.only(items), question.seed(seed) + relation + 1);
                            return new ClusterEffect(
                                    relations.names().get(relation),
                                    items.length,
                                    estimate.estimate(),
                                    question.possible(estimate.low()),
                                    question.possible(estimate.high()));
                        })
                .toList();
    }
}
