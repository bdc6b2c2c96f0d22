package io.retcon.deploy.bench.calibration;

import io.retcon.streams.statistics.PairedEstimate;
import io.retcon.streams.statistics.PairedOutcomes;
import io.retcon.streams.statistics.PairedTest;

import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One kind of world and what is asked of it.
 *
 * @param kind in words, which the name begins with
 */
record Cell(String kind, int items, int replicates, String metric, String contrast, World world) {
    private static final int STATED = 100;

    /**
     * How often what was promised was kept.
     *
     * @param rejects share of worlds in which the true difference is rejected at 5 %
     * @param rejects001 at 0.1 %
     * @param coverage share of worlds whose 95 % interval holds the true difference
     * @param power share of worlds in which 0 is rejected at 5 %: where the truth is 0, of such
     *     with the mean minimum detectable effect planted
     */
    record Result(
            String name,
            String world,
            int items,
            int replicates,
            String metric,
            String contrast,
            double truth,
            double planted,
            double rejects,
            double rejects001,
            double coverage,
            double power,
            int worlds) {}

    String name() {
        return "calibration/%s/%s/i%d/r%d".formatted(kind, metric, items, replicates);
    }

    /** Deterministic in the name and the seed, whatever the threads. */
    Result simulate(int worlds, long seed) {
        double truth = world.truth();
        double rejects = share(world, worlds, seed, test -> test.rejects(truth, 0.05));
        double planted = truth == 0 ? stated(Math.min(worlds, STATED), seed) : truth;
        var changed = truth == 0 ? world.planted(planted) : world;
        return new Result(
                name(),
                kind,
                items,
                replicates,
                metric,
                contrast,
                truth,
                planted,
                rejects,
                share(world, worlds, seed, test -> test.rejects(truth, 0.001)),
                1 - rejects,
                replicates == 1 ? 0 : share(changed, worlds, ~seed, test -> test.rejects(0, 0.05)),
                worlds);
    }

    /** What interventions state as their minimum detectable effect, on average. */
    private double stated(int worlds, long seed) {
        return draws(world, worlds, seed)
                .map(PairedEstimate::of)
                .filter(PairedEstimate::isKnown)
                .mapToDouble(PairedEstimate::minimumDetectable)
                .average()
                .orElse(0);
    }

    /** One retraining rejects nothing. */
    private double share(World of, int worlds, long seed, Predicate<PairedTest> predicate) {
        return (double)
                        draws(of, worlds, seed)
                                .filter(outcomes -> outcomes.replicates() > 1)
                                .map(PairedTest::of)
                                .filter(predicate)
                                .count()
                / worlds;
    }

    private Stream<PairedOutcomes> draws(World of, int worlds, long seed) {
        long first = seed * 1_000_003L + name().hashCode();
        return IntStream.range(0, worlds)
                .parallel()
                .mapToObj(i -> of.draw(new SplittableRandom(first * 1_000_003L + i)));
    }
}
