package io.retcon.retrainer.scoring;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * What the scores of a benchmark's items come to.
 *
 * @param benchmark "" for items that name none
 * @param accuracies metric to the share of items whose best choice is the right one
 * @param margin mean over the items
 * @param truncated items whose contexts lost their beginning
 * @param caveats which of these means are over fewer items, a sentence each
 */
public record Accuracy(
        String benchmark,
        int items,
        Map<String, Double> accuracies,
        Optional<Double> margin,
        long truncated,
        List<String> caveats) {
    public Accuracy {
        accuracies = Map.copyOf(accuracies);
        caveats = List.copyOf(caveats);
    }

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
        var margins =
                items.stream().map(ScoredItem::margin).flatMapToDouble(OptionalDouble::stream);
        var margin = margins.summaryStatistics();
        var caveats = new ArrayList<String>();
        right.forEach(
                (metric, correct) -> sayFewer(caveats, metric, benchmark, correct.size(), items));
        sayFewer(caveats, "margin", benchmark, margin.getCount(), items);
        return new Accuracy(
                benchmark,
                items.size(),
                accuracies,
                margin.getCount() == 0 ? Optional.empty() : Optional.of(margin.getAverage()),
                items.stream().filter(item -> item.truncated().isPresent()).count(),
                caveats);
    }

    private static void sayFewer(
            List<String> caveats,
            String mean,
            String benchmark,
            long over,
            List<ScoredItem> items) {
        if (over > 0 && over < items.size()) {
            caveats.add(
                    "%s of %s is a mean over %,d of its %,d items: the others lack what it needs"
                            .formatted(
                                    mean,
                                    benchmark.isEmpty() ? "items without benchmark" : benchmark,
                                    over,
                                    items.size()));
        }
    }
}
