package io.retcon.deploy.intervention;

import io.retcon.schemas.item.ItemOrder;
import io.retcon.schemas.record.InterventionSpec;
import io.retcon.schemas.record.ItemRef;
import io.retcon.schemas.record.Score;
import io.retcon.schemas.record.Selection;
import io.retcon.schemas.topic.Cluster;
import io.retcon.schemas.topic.TopicCatalogue;
import io.retcon.schemas.topic.TopicTable;
import io.retcon.streams.selection.SelectedItems;
import io.retcon.streams.validation.Benchmarks;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The original run's scores at a spec's checkpoints: what selects items, and how noisy they are.
 */
final class PastScores {
    private final InterventionSpec spec;
    private final SortedMap<ItemRef, SortedMap<Long, Boolean>> right =
            new TreeMap<>(ItemOrder.BY_NAME);

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

    private void add(Score score) {
        var select = spec.getSelect();
        if (score.getRetraining().isEmpty()
                && score.getRun().equals(spec.getRun())
                && select.getCheckpoints().contains(score.getStep())
                && new Benchmarks(select.getBenchmark()).include(score.getBenchmark())) {
            right.computeIfAbsent(
                            new ItemRef(score.getBenchmark(), score.getItem()),
                            item -> new TreeMap<>())
                    .put(
                            score.getStep(),
                            score.getCorrect().getOrDefault(select.getMetric(), false));
        }
    }

    /** What the selection stage will say of the spec. */
    Selection selection(String intervention) {
        var counts = new TreeMap<String, Integer>();
        right.keySet().forEach(item -> counts.merge(item.getBenchmark(), 1, Integer::sum));
        return new Selection(intervention, spec, SelectedItems.of(spec, right), counts);
    }

    /**
     * How often an item changes between right and wrong from one of the checkpoints to the next.
     */
    double flipRate() {
        long flips = 0;
        long pairs = 0;
        for (var outcomes : right.values()) {
            Boolean before = null;
            for (var outcome : outcomes.values()) {
                if (before != null) {
                    pairs++;
                    flips += before.equals(outcome) ? 0 : 1;
                }
                before = outcome;
            }
        }
        return pairs == 0 ? 0 : (double) flips / pairs;
    }
}
