package io.retcon.retrainer.scoring;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the scores of a benchmark's items come to.
 *
 * @param benchmark "" for items that name none
 * @param accuracies metric to the share of items whose best choice is the right one
 * @param margin mean over the items
 * @param truncated items whose contexts lost their beginning
 */
public record Accuracy(
        String benchmark,
        int items,
        Map<String, Double> accuracies,
        Optional<Double> margin,
        long truncated) {

    /** In the order in which the benchmarks come first. */
    public static List<Accuracy> byBenchmark(List<ScoredItem> scored) {
        var items = new LinkedHashMap<String, List<ScoredItem>>();
        for (var item : scored) {
            items.computeIfAbsent(item.benchmark().orElse(""), b -> new ArrayList<>()).add(item);
        }
        var accuracies = new ArrayList<Accuracy>();
        items.forEach((benchmark, members) -> accuracies.add(of(benchmark, members)));
        return accuracies;
    }

    private static Accuracy of(String benchmark, List<ScoredItem> items) {
        var right = new TreeMap<String, List<Boolean>>();
        for (var item : items) {
            item.correct()
                    .orElse(Map.of())
                    .forEach(
                            (metric, correct) ->
                                    right.computeIfAbsent(metric, m -> new ArrayList<>())
                                            .add(correct));
        }
        var accuracies = new TreeMap<String, Double>();
        right.forEach(
                (metric, correct) ->
                        accuracies.put(
                                metric,
                                (double) correct.stream().filter(c -> c).count() / correct.size()));
        return new Accuracy(
                benchmark,
                items.size(),
                accuracies,
                margin(items),
                items.stream().filter(item -> item.truncated().isPresent()).count());
    }

    private static Optional<Double> margin(List<ScoredItem> items) {
        var mean =
                items.stream()
                        .filter(item -> item.margin().isPresent())
                        .mapToDouble(item -> item.margin().getAsDouble())
                        .average();
        return mean.isPresent() ? Optional.of(mean.getAsDouble()) : Optional.empty();
    }
}
