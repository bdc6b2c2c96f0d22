package io.retcon.streams.selection;

import io.retcon.schemas.record.CheckpointNoise;
import io.retcon.schemas.record.InterventionSpec;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/**
 * How much the means of the original run's checkpoints differ, over the items of each group that
 * effects are estimated on: the yardstick of <i>Signal and Noise</i> (Heineman and others, 2025,
 * arXiv 2508.13144), there the standard deviation over the last checkpoints. Taken here from
 * differences between neighbours (von Neumann, 1941), so that learning itself is no noise, over the
 * checkpoints from the window's end on where there are three. Not thread-safe.
 */
public final class RunNoise {
    public static final String UNSELECTED = "unselected:";
    private static final int FEWEST = 3;
    private static final Set<String> BLIND = Set.of("all", "list");

    private final InterventionSpec spec;
    private final TreeMap<String, TreeMap<Long, double[]>> sums = new TreeMap<>();

    /**
     * @param spec with its checkpoints pinned
     */
    public RunNoise(InterventionSpec spec) {
        this.spec = spec;
    }

    /** An item that was selected, or another one, at one of the checkpoints. */
    public void add(String benchmark, boolean selected, long step, PastOutcome outcome) {
        var prefix = selected ? "" : UNSELECTED;
        var whole = spec.getSelect().getBenchmark();
        add(prefix + whole, step, outcome);
        if (!benchmark.equals(whole)) {
            add(prefix + benchmark, step, outcome);
        }
    }

    private void add(String group, long step, PastOutcome outcome) {
        var metrics = spec.getMetrics();
        var sum =
                sums.computeIfAbsent(group, first -> new TreeMap<>())
                        .computeIfAbsent(step, first -> new double[metrics.size() + 1]);
        for (int m = 0; m < metrics.size(); m++) {
            sum[m] += outcome.value(metrics.get(m));
        }
        sum[metrics.size()]++;
    }

    /** Of every group and metric of which the checkpoints say something, in order. */
    public List<CheckpointNoise> of() {
        var noise = new ArrayList<CheckpointNoise>();
        sums.forEach(
                (group, ofStep) -> {
                    var later = ofStep.tailMap(spec.getWindow().getTo());
                    var steps = List.copyOf((later.size() < FEWEST ? ofStep : later).values());
                    for (int m = 0; m < spec.getMetrics().size(); m++) {
                        var metric = spec.getMetrics().get(m);
                        if (steps.size() >= FEWEST && !settled(group, metric)) {
                            noise.add(
                                    new CheckpointNoise(
                                            group, metric, deviation(steps, m), steps.size()));
                        }
                    }
                });
        return noise;
    }

    /** Items that were selected by how they came out came out so: that is no lack of noise. */
    private boolean settled(String group, String metric) {
        return !group.startsWith(UNSELECTED)
                && !BLIND.contains(spec.getSelect().getRule())
                && metric.equals(spec.getSelect().getMetric());
    }

    private static double deviation(List<double[]> steps, int metric) {
        double squares = 0;
        for (int i = 1; i < steps.size(); i++) {
            double step = mean(steps.get(i), metric) - mean(steps.get(i - 1), metric);
            squares += step * step;
        }
        return Math.sqrt(squares / (2 * (steps.size() - 1)));
    }

    private static double mean(double[] sums, int metric) {
        return sums[metric] / sums[sums.length - 1];
    }
}
