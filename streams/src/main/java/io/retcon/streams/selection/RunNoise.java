package io.retcon.streams.selection;

import io.retcon.schemas.record.CheckpointNoise;
import io.retcon.schemas.spec.InterventionSpec;
import io.retcon.schemas.spec.OutcomeRules;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * The size of a move of the original run between neighbouring checkpoints, over the items of each
 * group that effects are estimated on: the yardstick of <i>Signal and Noise</i> (Heineman and
 * others, 2025, arXiv 2508.13144), there the standard deviation over the last checkpoints. Here the
 * root mean square of the differences between neighbours from the window's end on, three
 * checkpoints or more; earlier ones are never taken, because what they show is learning. Not
 * thread-safe.
 */
public final class RunNoise {
    public static final String UNSELECTED = "unselected:";
    private static final int FEWEST = 3;

    /** A metric that gives so many outcomes as the selecting one does says what that says. */
    private static final double ALIKE = 0.9;

    private final InterventionSpec spec;
    private final List<String> metrics;
    private final TreeMap<String, TreeMap<Long, Sums[]>> sums = new TreeMap<>();

    /** Of one metric at one checkpoint. */
    private static final class Sums {
        private double value;
        private int items;
        private int asSelecting;
    }

    /**
     * @param spec with its checkpoints pinned
     */
    public RunNoise(InterventionSpec spec) {
        this.spec = spec;
        this.metrics = spec.metrics();
    }

    /** An item that was selected, or another one, at one of the checkpoints. */
    public void add(String benchmark, boolean selected, long step, PastOutcome outcome) {
        if (step < spec.window().getTo()) {
            return;
        }
        var prefix = selected ? "" : UNSELECTED;
        var whole = spec.select().getBenchmark();
        add(prefix + whole, step, outcome);
        if (!benchmark.equals(whole)) {
            add(prefix + benchmark, step, outcome);
        }
    }

    private void add(String group, long step, PastOutcome outcome) {
        var ofStep =
                sums.computeIfAbsent(group, first -> new TreeMap<>())
                        .computeIfAbsent(step, first -> empty());
        var selecting = outcome.value(spec.select().getMetric());
        for (int m = 0; m < ofStep.length; m++) {
            var value = outcome.value(metrics.get(m));
            if (value.isPresent()) {
                ofStep[m].value += value.getAsDouble();
                ofStep[m].items++;
                ofStep[m].asSelecting += value.equals(selecting) ? 1 : 0;
            }
        }
    }

    private Sums[] empty() {
        return metrics.stream().map(metric -> new Sums()).toArray(Sums[]::new);
    }

    /** Of every group and metric of which the checkpoints say something, in order. */
    public List<CheckpointNoise> of() {
        var noise = new ArrayList<CheckpointNoise>();
        sums.forEach(
                (group, ofStep) -> {
                    for (int m = 0; m < metrics.size(); m++) {
                        int metric = m;
                        var steps = ofStep.values().stream().map(all -> all[metric]).toList();
                        if (steps.size() >= FEWEST && sameItems(steps) && !settled(group, steps)) {
                            noise.add(
                                    new CheckpointNoise(
                                            group, metrics.get(m), move(steps), steps.size()));
                        }
                    }
                });
        return noise;
    }

    /** Whether the means are comparable: where some items were not scored they are not. */
    private static boolean sameItems(List<Sums> steps) {
        int items = steps.getFirst().items;
        return items > 0 && steps.stream().allMatch(step -> step.items == items);
    }

    /**
     * Items that were selected by how they came out came out so, by that metric and by any that
     * agrees with it on them: that they move so little, or so much, is the selection's doing.
     */
    private boolean settled(String group, List<Sums> steps) {
        if (group.startsWith(UNSELECTED) || !OutcomeRules.include(spec.select())) {
            return false;
        }
        int items = steps.stream().mapToInt(step -> step.items).sum();
        int alike = steps.stream().mapToInt(step -> step.asSelecting).sum();
        return alike >= ALIKE * items;
    }

    private static double move(List<Sums> steps) {
        double squares = 0;
        for (int i = 1; i < steps.size(); i++) {
            double move = mean(steps.get(i)) - mean(steps.get(i - 1));
            squares += move * move;
        }
        return Math.sqrt(squares / (steps.size() - 1));
    }

    private static double mean(Sums sums) {
        return sums.value / sums.items;
    }
}
