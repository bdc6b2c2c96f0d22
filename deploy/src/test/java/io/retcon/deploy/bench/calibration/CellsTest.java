package io.retcon.deploy.bench.calibration;

import static org.assertj.core.api.Assertions.assertThat;

import io.retcon.schemas.testing.SeededTest;
import io.retcon.streams.statistics.PairedEstimate;
import io.retcon.streams.statistics.PairedOutcomes;
import io.retcon.streams.statistics.PairedTest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Hostile worlds: the truth is rejected in at most 6 %, and intervals cover it in 94 %. */
class CellsTest {
    private static final int WORLDS = 1_000;
    private static final long SEED = Long.getLong("seed", 15);

    /** How far a share of so many worlds may lie from what it is, in standard errors. */
    private static final double LUCK = 2.6;

    private static final Map<String, Cell> CELLS =
            Cells.all().stream().collect(Collectors.toMap(Cell::name, Function.identity()));

    /** The demo's own situation, arms at the ceiling, arms that vary differently. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "learned--0.92-sd-0.6/acc_raw/i21/r3",
                "learned--0.12-sd-1.0/acc_raw/i21/r3",
                "learned--0.50-sd-1.0/acc_raw/i40/r2",
                "learned--0.86-sd-1.0/acc_raw/i40/r5",
                "ceiling-2.5/acc_raw/i21/r2",
                "ceiling-4.5/acc_raw/i40/r2",
                "sd-times-2/margin/i40/r3",
                "sd-times-4/margin/i40/r3",
                "sd-times-10/margin/i40/r3",
                "sd-times-2/acc_raw/i40/r3",
                "sd-times-4/acc_raw/i40/r3",
                "sd-times-10/acc_raw/i40/r3"
            })
    void armsOfUnequalVarianceAreCovered(String name) {
        assertCovered(CELLS.get("calibration/" + name));
    }

    /** Relations of standard deviation 0.5; two are what an explicit cluster of two was. */
    @ParameterizedTest
    @ValueSource(ints = {2, 4, 5, 7})
    void fewRelationsAreNotManyItems(int relations) {
        assertCovered(CELLS.get("calibration/relations-%d/margin/i60/r3".formatted(relations)));
        assertCovered(CELLS.get("calibration/relations-%d/acc_raw/i60/r3".formatted(relations)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "beta-binomial-0.70-0.70/acc_raw/i40/r3",
                "beta-binomial-0.85-0.97/acc_raw/i21/r3",
                "beta-binomial-0.05-0.97/acc_raw/i40/r3",
                "heavy-tails/margin/i21/r3",
                "skewed-items/margin/i40/r3"
            })
    void worldsOfAnotherShapeAreCovered(String name) {
        assertCovered(CELLS.get("calibration/" + name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alike/acc_raw/i40/r3",
                "ceiling-2.5/acc_raw/i40/r5",
                "ceiling-4.5/acc_raw/i21/r5",
                "relations-3/acc_raw/i60/r5"
            })
    void theEffectThatIsStatedIsFoundInAboutFourOfFive(String name) {
        // Given
        var cell = CELLS.get("calibration/" + name);
        var stated =
                draws(cell.world(), 60)
                        .map(PairedEstimate::of)
                        .mapToDouble(PairedEstimate::minimumDetectable)
                        .sorted()
                        .toArray();
        var changed = cell.world().planted(stated[stated.length / 2]);
        // When
        double found = share(changed, 0, 0.05);
        // Then
        assertThat(found).as("seed %d, found", SEED).isBetween(0.7, 0.95);
    }

    @Test
    void mostSayThatTwoReplicatesDetectNothing() {
        // When
        var result = CELLS.get("calibration/ceiling-2.5/acc_raw/i21/r2").simulate(20, SEED);
        // Then
        assertThat(result.planted()).isNull();
        assertThat(result.power()).isNull();
    }

    @SeededTest(tries = 3)
    void odderPartsHaveMeanZeroAndDeviationOne(Random random) {
        for (var shape : Draws.values()) {
            // When
            var drawn = IntStream.range(0, 100_000).mapToDouble(_ -> shape.draw(random)).toArray();
            // Then
            double mean = Arrays.stream(drawn).average().orElseThrow();
            double square = Arrays.stream(drawn).map(x -> x * x).average().orElseThrow();
            assertThat(mean).as("%s", shape).isBetween(-0.02, 0.02);
            assertThat(square).as("%s", shape).isBetween(0.9, 1.1);
        }
    }

    @SeededTest(tries = 2)
    void betaWorldsHaveTheTruthTheySay(Random random) {
        // Given
        var world = new BetaBinomialWorld(40, 3, new double[] {0.4, 0.9}, 20, 4);
        // When
        double mean =
                IntStream.range(0, 2_000)
                        .mapToDouble(_ -> PairedTest.of(world.draw(random)).estimate())
                        .average()
                        .orElseThrow();
        // Then
        assertThat(mean).isBetween(-0.51, -0.49);
    }

    private static void assertCovered(Cell cell) {
        // When
        double truth = cell.world().truth();
        // Then
        assertThat(share(cell.world(), truth, 0.05))
                .as("%s, seed %d, rejects at 5 %%", cell.name(), SEED)
                .isLessThan(within(0.06));
        assertThat(share(cell.world(), truth, 0.001))
                .as("%s, seed %d, rejects at 0.1 %%", cell.name(), SEED)
                .isLessThan(within(0.003));
    }

    private static double within(double share) {
        return share + LUCK * Math.sqrt(share * (1 - share) / WORLDS);
    }

    /** The interval is what the test does not reject. */
    private static double share(World world, double difference, double level) {
        return (double)
                        draws(world, WORLDS)
                                .map(PairedTest::of)
                                .filter(test -> test.rejects(difference, level))
                                .count()
                / WORLDS;
    }

    private static Stream<PairedOutcomes> draws(World world, int worlds) {
        return IntStream.range(0, worlds)
                .mapToObj(i -> world.draw(new SplittableRandom(SEED * 1_000_003 + i)));
    }
}
