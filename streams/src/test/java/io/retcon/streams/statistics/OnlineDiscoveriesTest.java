package io.retcon.streams.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.retcon.schemas.testing.SeededTest;

import org.apache.commons.statistics.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;

class OnlineDiscoveriesTest {
    private static final OnlineDiscoveries OURS = OnlineDiscoveries.OF_CHECKPOINTS;

    /**
     * The example of the R package onlineFDR: {@code LORD(sample.df, random = FALSE)}, with its
     * default wealth and Javanmard and Montanari's sequence.
     */
    @Test
    void withTheirSequenceItIsWhatOnlineFdrPublishes() {
        // Given
        var theirs =
                new OnlineDiscoveries(
                        0.05,
                        0.005,
                        j ->
                                0.07720838
                                        * Math.log(Math.max(j, 2))
                                        / (j * Math.exp(Math.sqrt(Math.log(j)))));
        double[] p = {
            2.90e-08, 0.06743, 0.01514, 0.08174, 0.00171, 3.60e-05, 0.79149, 0.27201, 0.28295,
            7.59e-08, 0.69274, 0.30443, 0.00136, 0.72342, 0.54757
        };
        // When
        var tested = theirs.tested(all(p));
        // Then
        assertThat(levels(tested))
                .containsExactly(
                        new double[] {
                            0.0002675839, 0.0024664457, 0.0005732818, 0.0004872805, 0.0004059066,
                            0.0003447286, 0.0029745013, 0.0008450114, 0.0007305648, 0.0006243143,
                            0.0032185913, 0.0010617227, 0.0009256825, 0.0008019657, 0.0007059610
                        },
                        within(1e-9));
        assertThat(found(tested)).containsExactly(1, 6, 10);
    }

    /** Fractions, added up in Python in the other order: each discovery pays all later tests. */
    @Test
    void withOurSequenceItIsWhatFractionsSay() {
        // Given
        var p = new ArrayList<>(all(0.004, 0.3, 0, 0.0001, 0.02, 0.049, 0.01, 0.6, 0.0009));
        p.set(2, OptionalDouble.empty());
        // When
        var tested = OURS.tested(p);
        // Then
        assertThat(levels(tested))
                .containsExactly(
                        new double[] {
                            0.0125,
                            0.0166666667,
                            0.00625,
                            0.0033333333,
                            0.0270833333,
                            0.0347619048,
                            0.0135416667,
                            0.0324603175,
                            0.013125
                        },
                        within(1e-10));
        assertThat(found(tested)).containsExactly(1, 4, 5, 7, 9);
    }

    @SeededTest(tries = 3)
    void ofAllDiscoveriesAtMostFivePerCentAreFalse(Random random) {
        for (int tests : new int[] {5, 20, 100}) {
            for (double real : new double[] {0, 0.1, 0.3, 0.6, 0.9}) {
                for (double size : new double[] {1, 2, 3, 5}) {
                    // Given
                    int worlds = 1500;
                    double falseShare = 0;
                    double squares = 0;
                    for (int world = 0; world < worlds; world++) {
                        // When
                        double share = falseShare(random, tests, real, size);
                        falseShare += share / worlds;
                        squares += share * share / worlds;
                    }
                    // Then
                    double error = Math.sqrt((squares - falseShare * falseShare) / worlds);
                    assertThat(falseShare)
                            .as("%d tests, %s real of size %s", tests, real, size)
                            .isLessThan(0.05 + 4 * error + 1e-9);
                }
            }
        }
    }

    /** What is decided stays, whatever comes after; and what was open only helps. */
    @SeededTest(tries = 100)
    void laterTestsAndLateAnswersTakeNothingBack(Random random) {
        // Given
        var p = new ArrayList<OptionalDouble>();
        for (int t = 0; t < 12; t++) {
            p.add(
                    random.nextInt(3) == 0
                            ? OptionalDouble.empty()
                            : OptionalDouble.of(Math.pow(random.nextDouble(), 4)));
        }
        var whole = p.stream().map(of -> of.isPresent() ? of : OptionalDouble.of(0.001)).toList();
        // When
        var first = OURS.tested(p.subList(0, 7));
        var open = OURS.tested(p);
        var answered = OURS.tested(whole);
        // Then
        assertThat(open.subList(0, 7)).isEqualTo(first);
        assertThat(found(answered)).containsAll(found(open));
    }

    @Test
    void moreThanAllCannotBeSpent() {
        assertThatThrownBy(() -> new OnlineDiscoveries(0.05, 0.06, _ -> 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static double falseShare(Random random, int tests, double real, double size) {
        var isReal = new boolean[tests];
        var p = new ArrayList<OptionalDouble>();
        for (int t = 0; t < tests; t++) {
            isReal[t] = random.nextDouble() < real;
            double z = random.nextGaussian() + (isReal[t] ? size : 0);
            p.add(
                    OptionalDouble.of(
                            2 * NormalDistribution.of(0, 1).survivalProbability(Math.abs(z))));
        }
        var found = found(OURS.tested(p));
        long wrong = found.stream().filter(t -> !isReal[t - 1]).count();
        return found.isEmpty() ? 0 : (double) wrong / found.size();
    }

    private static List<OptionalDouble> all(double... p) {
        return Arrays.stream(p).mapToObj(OptionalDouble::of).toList();
    }

    private static double[] levels(List<OnlineDiscoveries.Tested> tested) {
        return tested.stream().mapToDouble(OnlineDiscoveries.Tested::level).toArray();
    }

    /** From 1. */
    private static List<Integer> found(List<OnlineDiscoveries.Tested> tested) {
        var found = new ArrayList<Integer>();
        for (int t = 0; t < tested.size(); t++) {
            if (tested.get(t).discovery()) {
                found.add(t + 1);
            }
        }
        return found;
    }
}
