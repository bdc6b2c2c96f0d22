package io.retcon.deploy.bench.calibration;

import io.retcon.streams.statistics.PairedEstimate;
import io.retcon.streams.statistics.PairedOutcomes;
import io.retcon.streams.statistics.PairedTest;

import java.util.SplittableRandom;
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
     * @param planted the truth, or where that is 0 the median of what interventions state as their
     *     minimum detectable effect; null where most say that they detect none
     * @param power share of worlds with that effect in which 0 is rejected at 5 %
     */
    record Result(
            String name,
            String world,
            int items,
            int replicates,
            String metric,
            String contrast,
            double truth,
            Double planted,
            double rejects,
            double rejects001,
            double coverage,
            Double power,
            int worlds) {}

    String name() {
        return "calibration/%s/%s/i%d/r%d".formatted(kind, metric, items, replicates);
    }

    /** Deterministic in the name and the seed, whatever the threads. */
    Result simulate(int worlds, long seed) {
        double truth = world.truth();
        var asIs = Found.in(draws(world, worlds, seed), truth);
        double planted = truth == 0 ? stated(Math.min(worlds, STATED), seed) : truth;
        double power =
                truth == 0 && !Double.isNaN(planted)
                        ? Found.in(draws(world.planted(planted), worlds, ~seed), 0).share()
                        : asIs.ofNone();
        return new Result(
                name(),
                kind,
                items,
                replicates,
                metric,
                contrast,
                truth,
                Double.isNaN(planted) ? null : planted,
                asIs.share(),
                asIs.share001(),
                1 - asIs.share(),
                Double.isNaN(planted) && replicates > 1 ? null : power,
                worlds);
    }

    /**
     * In how many worlds a difference is rejected. One retraining rejects nothing.
     *
     * @param of worlds
     * @param at005 rejected at 5 %
     * @param at0001 rejected at 0.1 %
     * @param none in how many 0 is rejected at 5 %
     */
    private record Found(int of, int at005, int at0001, int none) {
        static Found in(Stream<PairedOutcomes> draws, double difference) {
            return draws.map(outcomes -> in(outcomes, difference))
                    .reduce(new Found(0, 0, 0, 0), Found::and);
        }

        private static Found in(PairedOutcomes outcomes, double difference) {
            if (outcomes.replicates() == 1) {
                return new Found(1, 0, 0, 0);
            }
            var test = PairedTest.of(outcomes);
            int rejected = test.rejects(difference, 0.05) ? 1 : 0;
            return new Found(
                    1,
                    rejected,
                    rejected == 1 && test.rejects(difference, 0.001) ? 1 : 0,
                    difference == 0 ? rejected : test.rejects(0, 0.05) ? 1 : 0);
        }

        private Found and(Found other) {
            return new Found(
                    of + other.of, at005 + other.at005, at0001 + other.at0001, none + other.none);
        }

        double share() {
            return (double) at005 / of;
        }

        double share001() {
            return (double) at0001 / of;
        }

        double ofNone() {
            return (double) none / of;
        }
    }

    /** The median of what interventions state as their minimum detectable effect; none is NaN. */
    private double stated(int worlds, long seed) {
        var stated =
                draws(world, worlds, seed)
                        .map(PairedEstimate::of)
                        .mapToDouble(PairedEstimate::minimumDetectable)
                        .sorted()
                        .toArray();
        return stated[worlds / 2];
    }

    private Stream<PairedOutcomes> draws(World of, int worlds, long seed) {
        long first = seed * 1_000_003L + name().hashCode();
        return IntStream.range(0, worlds)
                .parallel()
                .mapToObj(i -> of.draw(new SplittableRandom(first * 1_000_003L + i)));
    }
}
