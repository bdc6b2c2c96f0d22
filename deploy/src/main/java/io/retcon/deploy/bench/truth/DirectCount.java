package io.retcon.deploy.bench.truth;

import io.retcon.schemas.record.ItemRef;
import io.retcon.schemas.record.RetrainingId;
import io.retcon.schemas.record.Score;
import io.retcon.schemas.topic.Cluster;
import io.retcon.schemas.topic.TopicCatalogue;
import io.retcon.schemas.topic.TopicTable;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Shares of the selected items that are right, counted from the scores of each retraining and by
 * nothing else.
 *
 * @param right arm and replicate to how many selected items are right
 * @param items selected items
 */
record DirectCount(Map<String, Map<Integer, Integer>> right, int items) {
    private static final String METRIC = "acc_raw";

    /**
     * A difference between arms, paired by replicate.
     *
     * @param mean over replicates
     * @param error its standard error
     */
    record Difference(double mean, double error, int replicates) {}

    /**
     * Of an intervention.
     *
     * @param first the first replicate that counts
     */
    static DirectCount of(Cluster cluster, String intervention, int first) {
        Set<ItemRef> selected =
                new HashSet<>(
                        TopicTable.read(cluster, TopicCatalogue.SELECTIONS)
                                .get(intervention)
                                .getItems());
        var seen = new HashSet<String>();
        var right = new TreeMap<String, Map<Integer, Integer>>();
        TopicTable.scan(
                cluster,
                TopicCatalogue.SCORES,
                (key, score) -> {
                    var id = score.getRetraining().orElse(null);
                    if (id != null
                            && id.getIntervention().equals(intervention)
                            && id.getReplicate() >= first
                            && selected.contains(item(score))
                            && seen.add(key)) {
                        count(right, id, score);
                    }
                });
        return new DirectCount(right, selected.size());
    }

    private static ItemRef item(Score score) {
        return new ItemRef(score.getBenchmark(), score.getItem());
    }

    private static void count(
            Map<String, Map<Integer, Integer>> right, RetrainingId id, Score score) {
        right.computeIfAbsent(id.getArm(), _ -> new TreeMap<>())
                .merge(id.getReplicate(), score.getCorrect().get(METRIC) ? 1 : 0, Integer::sum);
    }

    /** The share right in one arm minus that in another, over the replicates that both have. */
    Difference difference(String arm, String other) {
        var ofOther = right.get(other);
        var differences =
                right.get(arm).entrySet().stream()
                        .filter(entry -> ofOther.containsKey(entry.getKey()))
                        .mapToDouble(
                                entry ->
                                        (entry.getValue() - ofOther.get(entry.getKey()))
                                                / (double) items)
                        .toArray();
        double mean = Arrays.stream(differences).average().orElseThrow();
        double squares = 0;
        for (double difference : differences) {
            squares += (difference - mean) * (difference - mean);
        }
        double error =
                Math.sqrt(squares / Math.max(1, differences.length - 1) / differences.length);
        return new Difference(mean, error, differences.length);
    }
}
