package io.retcon.deploy.intervention;

import io.retcon.schemas.item.ItemOrder;
import io.retcon.schemas.record.ItemRef;
import io.retcon.schemas.record.Score;
import io.retcon.schemas.record.SelectSpec;
import io.retcon.schemas.record.Selection;
import io.retcon.schemas.spec.Benchmarks;
import io.retcon.schemas.spec.InterventionSpec;
import io.retcon.schemas.spec.SpecText;
import io.retcon.schemas.topic.Cluster;
import io.retcon.schemas.topic.Keys;
import io.retcon.schemas.topic.TopicCatalogue;
import io.retcon.schemas.topic.TopicTable;
import io.retcon.streams.effects.ItemOutcome;
import io.retcon.streams.selection.ChosenItems;
import io.retcon.streams.selection.Subset;
import io.retcon.streams.statistics.RetrainingNoise;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a run's scores say before anything is retrained: at a spec's checkpoints which items it
 * selects, and there and in earlier retrainings how noisy they are.
 */
final class PastScores {
    private final InterventionSpec spec;
    private final SortedMap<ItemRef, SortedMap<Long, ItemOutcome>> ofRun =
            new TreeMap<>(ItemOrder.BY_NAME);
    // intervention, arm, step -> replicate -> item -> outcome
    private final SortedMap<String, SortedMap<Integer, SortedMap<ItemRef, ItemOutcome>>> retrained =
            new TreeMap<>();

    private PastScores(InterventionSpec spec) {
        this.spec = spec;
    }

    /**
     * @param spec with its checkpoints pinned
     */
    static PastScores read(Cluster cluster, InterventionSpec spec) {
        var scores = new PastScores(spec);
        TopicTable.scan(cluster, TopicCatalogue.SCORES, (key, score) -> scores.add(score));
        return scores;
    }

    static PastScores of(InterventionSpec spec, List<Score> all) {
        var scores = new PastScores(spec);
        all.forEach(scores::add);
        return scores;
    }

    private void add(Score score) {
        var select = spec.select();
        if (!score.getRun().equals(spec.run())
                || !new Benchmarks(select.getBenchmark()).include(score.getBenchmark())) {
            return;
        }
        var item = new ItemRef(score.getBenchmark(), score.getItem());
        var retraining = score.getRetraining();
        if (retraining.isPresent()) {
            var id = retraining.get();
            retrained
                    .computeIfAbsent(
                            Keys.join(id.getIntervention(), id.getArm(), score.getStep()),
                            arm -> new TreeMap<>())
                    .computeIfAbsent(id.getReplicate(), r -> new TreeMap<>(ItemOrder.BY_NAME))
                    .put(item, ItemOutcome.of(score));
        } else if (select.getCheckpoints().contains(score.getStep())) {
            ofRun.computeIfAbsent(item, first -> new TreeMap<>())
                    .put(score.getStep(), ItemOutcome.of(score));
        }
    }

    /** What the selection stage will say of the spec. */
    Selection selection(String intervention) {
        var counts = new TreeMap<String, Integer>();
        ofRun.keySet().forEach(item -> counts.merge(item.getBenchmark(), 1, Integer::sum));
        var chosen = ChosenItems.of(spec, this::right);
        return Selection.newBuilder()
                .setIntervention(intervention)
                .setSpec(new SpecText(chosen.spec()).yaml())
                .setItems(chosen.items())
                .setBenchmarkItems(counts)
                .setFactors(chosen.factors())
                .build();
    }

    private SortedMap<ItemRef, SortedMap<Long, Boolean>> right(SelectSpec select) {
        var subset = new Subset(select.getSubset());
        var right = new TreeMap<ItemRef, SortedMap<Long, Boolean>>(ItemOrder.BY_NAME);
        ofRun.forEach(
                (item, outcomes) -> {
                    if (subset.includes(item, outcomes.firstEntry().getValue().askedFor())) {
                        right.put(item, right(select.getMetric(), outcomes));
                    }
                });
        return right;
    }

    private static SortedMap<Long, Boolean> right(
            String metric, SortedMap<Long, ItemOutcome> outcomes) {
        var right = new TreeMap<Long, Boolean>();
        outcomes.forEach(
                (step, outcome) ->
                        outcome.value(metric).ifPresent(value -> right.put(step, value == 1)));
        return right;
    }

    /**
     * How retrainings will differ in a metric: from earlier ones of this run where there are two of
     * an arm, else from the run's checkpoints; empty without two of either.
     */
    Optional<RetrainingNoise> noise(String metric) {
        var checkpoints = ofCheckpoints(metric);
        var arms = new ArrayList<double[][]>();
        for (var replicates : retrained.values()) {
            table(List.copyOf(replicates.values()), metric).ifPresent(arms::add);
        }
        return arms.isEmpty()
                ? checkpoints
                : Optional.of(
                        RetrainingNoise.ofRetrainings(
                                arms, checkpoints.map(RetrainingNoise::item).orElse(0.0)));
    }

    private Optional<RetrainingNoise> ofCheckpoints(String metric) {
        var steps = new ArrayList<SortedMap<ItemRef, ItemOutcome>>();
        for (long step : spec.select().getCheckpoints().stream().sorted().toList()) {
            var outcomes = new TreeMap<ItemRef, ItemOutcome>(ItemOrder.BY_NAME);
            ofRun.forEach(
                    (item, ofItem) -> {
                        if (ofItem.containsKey(step)) {
                            outcomes.put(item, ofItem.get(step));
                        }
                    });
            steps.add(outcomes);
        }
        return table(steps, metric).map(RetrainingNoise::ofCheckpoints);
    }

    /** [round][item] over the items that were scored in every round; empty without two rounds. */
    private static Optional<double[][]> table(
            List<SortedMap<ItemRef, ItemOutcome>> rounds, String metric) {
        if (rounds.size() < 2) {
            return Optional.empty();
        }
        var items =
                rounds.getFirst().keySet().stream()
                        .filter(
                                item ->
                                        rounds.stream()
                                                .allMatch(
                                                        round ->
                                                                round.containsKey(item)
                                                                        && round.get(item)
                                                                                .value(metric)
                                                                                .isPresent()))
                        .toList();
        return items.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        rounds.stream()
                                .map(
                                        round ->
                                                items.stream()
                                                        .mapToDouble(
                                                                item ->
                                                                        round.get(item)
                                                                                .value(metric)
                                                                                .orElseThrow())
                                                        .toArray())
                                .toArray(double[][]::new));
    }
}
