package io.retcon.deploy.report;

import io.retcon.schemas.record.ItemRef;
import io.retcon.schemas.record.Score;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
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
        var chosen = new HashSet<>(selected);
        var benchmarks = chosen.stream().map(ItemRef::getBenchmark).collect(Collectors.toSet());
        var steps = new TreeMap<Long, List<Score>>();
        steps.putAll(
                scores.stream()
                        .filter(score -> score.getRetraining().isEmpty())
                        .filter(score -> benchmarks.contains(score.getBenchmark()))
                        .collect(Collectors.groupingBy(Score::getStep)));
        return new LearningCurve(
                metric,
                steps.entrySet().stream()
                        .map(step -> point(step.getKey(), step.getValue(), chosen, metric))
                        .toList());
    }

    private static Point point(long step, List<Score> scores, Set<ItemRef> chosen, String metric) {
        Predicate<Score> isChosen =
                score -> chosen.contains(new ItemRef(score.getBenchmark(), score.getItem()));
        return new Point(
                step,
                shareRight(scores, isChosen, metric),
                shareRight(scores, isChosen.negate(), metric));
    }

    private static double shareRight(List<Score> scores, Predicate<Score> which, String metric) {
        return scores.stream()
                .filter(which)
                .mapToInt(score -> score.getCorrect().getOrDefault(metric, false) ? 1 : 0)
                .average()
                .orElse(Double.NaN);
    }
}
