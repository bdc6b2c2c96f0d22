package io.retcon.deploy.report;

import io.retcon.schemas.record.ItemRef;
import io.retcon.schemas.record.Score;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The share of items right at each evaluated checkpoint of the original run.
 *
 * @param metric the metric that says right or wrong
 * @param points the checkpoints, by step
 */
public record LearningCurve(String metric, List<Point> points) {

    /**
     * One checkpoint.
     *
     * @param step steps seen
     * @param selected share right of the selected items
     * @param others share right of the other items; NaN where there are none
     */
    public record Point(long step, double selected, double others) {}

    public LearningCurve {
        points = List.copyOf(points);
    }

    /**
     * The curve that some scores draw.
     *
     * @param scores scores in any order, each checkpoint's item once; those of retrainings and of
     *     other benchmarks are left out
     * @param selected the selected items
     * @param metric the metric that says right or wrong
     */
    public static LearningCurve of(
            Collection<Score> scores, Collection<ItemRef> selected, String metric) {
        var tally = new Tally(selected, metric);
        scores.forEach(tally::add);
        return tally.curve();
    }

    /** Draws the curve while scores are read, so that nobody holds them all. Not thread-safe. */
    public static final class Tally {
        private final Set<ItemRef> selected;
        private final Set<String> benchmarks;
        private final String metric;
        // step -> right and all of the selected items, right and all of the others
        private final SortedMap<Long, long[]> counts = new TreeMap<>();

        public Tally(Collection<ItemRef> selected, String metric) {
            this.selected = new HashSet<>(selected);
            this.benchmarks =
                    selected.stream().map(ItemRef::getBenchmark).collect(Collectors.toSet());
            this.metric = metric;
        }

        /** Scores of retrainings, of other benchmarks and by other metrics are left out. */
        public void add(Score score) {
            var right = score.getCorrect().get(metric);
            if (right == null
                    || score.getRetraining().isPresent()
                    || !benchmarks.contains(score.getBenchmark())) {
                return;
            }
            var item = new ItemRef(score.getBenchmark(), score.getItem());
            var count = counts.computeIfAbsent(score.getStep(), step -> new long[4]);
            int group = selected.contains(item) ? 0 : 2;
            count[group] += right ? 1 : 0;
            count[group + 1]++;
        }

        public LearningCurve curve() {
            return new LearningCurve(
                    metric,
                    counts.entrySet().stream()
                            .map(
                                    step ->
                                            new Point(
                                                    step.getKey(),
                                                    share(step.getValue(), 0),
                                                    share(step.getValue(), 2)))
                            .toList());
        }

        private static double share(long[] count, int group) {
            return count[group + 1] == 0 ? Double.NaN : count[group] / (double) count[group + 1];
        }
    }
}
