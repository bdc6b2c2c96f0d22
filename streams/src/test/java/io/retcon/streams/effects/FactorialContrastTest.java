package io.retcon.streams.effects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.retcon.schemas.spec.FactorialDesign;
import io.retcon.schemas.testing.SeededTest;
import io.retcon.streams.statistics.PairedEstimate;
import io.retcon.streams.statistics.PairedOutcomes;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

class FactorialContrastTest {
    private static final double CLOSE = 1e-9;

    @SeededTest(tries = 60)
    void estimateAndErrorAreThoseOfOrdinaryLeastSquares(Random random) {
        // Given: a design of which some retrainings failed
        int factors = 2 + random.nextInt(6);
        var design = FactorialDesign.of(factors, FactorialDesign.runs(factors));
        var rows = new ArrayList<>(IntStream.range(0, design.rows().size()).boxed().toList());
        Collections.shuffle(rows, random);
        var done = rows.subList(0, rows.size() - random.nextInt(2));
        int factor = random.nextInt(factors);
        var values = new double[done.size()][1];
        for (var value : values) {
            value[0] = random.nextGaussian();
        }
        var model = new double[done.size()][factors + 1];
        for (int r = 0; r < model.length; r++) {
            model[r][factors] = 1;
            for (int f = 0; f < factors; f++) {
                model[r][f] = design.isOn(done.get(r), f) ? 1 : 0;
            }
        }
        // When
        var contrast = FactorialContrast.of(columnsBut(model, factor), column(model, factor));
        // Then
        var least = LeastSquares.of(model, values);
        var paired = contrast.orElseThrow().of(values);
        var replicates = column(paired, 0);
        double mean = Arrays.stream(replicates).average().orElseThrow();
        assertThat(mean).isCloseTo(least.coefficient(factor), within(CLOSE));
        assertThat(contrast.get().degrees()).isEqualTo(done.size() - factors - 1);
        if (contrast.get().degrees() > 0) {
            double squares = 0;
            for (double replicate : replicates) {
                squares += (replicate - mean) * (replicate - mean);
            }
            double variance = squares / (replicates.length - 1) / replicates.length;
            assertThat(variance).isCloseTo(least.variance(factor), within(CLOSE));
        }
    }

    @Test
    void aFactorThatIsOnInEveryRetrainingLeftIsNotEstimated() {
        assertThat(FactorialContrast.of(List.of(new double[] {1, 1, 1}), new double[] {1, 1, 1}))
                .isEmpty();
    }

    @Test
    void intervalsCoverTheTruthAtTheirLevel() {
        // Given
        int tries = 400;
        var random = new Random(11);
        var design = FactorialDesign.of(8, 16);
        var truth = new double[] {-2, -1, -0.5, 0, 0, 0.5, 1, 2};
        int covered = 0;
        int rejected = 0;
        // When
        for (int t = 0; t < tries; t++) {
            var ofItem = new double[12];
            for (int i = 0; i < ofItem.length; i++) {
                ofItem[i] = 0.3 * random.nextGaussian();
            }
            var values = new double[16][ofItem.length];
            for (int row = 0; row < values.length; row++) {
                double shift = 0.4 * random.nextGaussian();
                for (int f = 0; f < truth.length; f++) {
                    shift += design.isOn(row, f) ? truth[f] : 0;
                }
                for (int i = 0; i < ofItem.length; i++) {
                    values[row][i] =
                            shift
                                    + (design.isOn(row, t % 8) ? ofItem[i] : 0)
                                    + 0.5 * random.nextGaussian();
                }
            }
            var estimate =
                    PairedEstimate.of(
                            PairedOutcomes.ofMarginContrast(contrast(design, t % 8).of(values)));
            covered += estimate.low() <= truth[t % 8] && truth[t % 8] <= estimate.high() ? 1 : 0;
            rejected += truth[t % 8] == 0 && estimate.p() <= 0.05 ? 1 : 0;
        }
        // Then: three standard deviations of a binomial count
        assertThat((double) covered / tries).isBetween(0.917, 0.983);
        assertThat(rejected / (tries / 4.0)).isLessThan(0.12);
    }

    private static FactorialContrast contrast(FactorialDesign design, int factor) {
        var model = new double[design.rows().size()][design.factors() + 1];
        for (int r = 0; r < model.length; r++) {
            model[r][design.factors()] = 1;
            for (int f = 0; f < design.factors(); f++) {
                model[r][f] = design.isOn(r, f) ? 1 : 0;
            }
        }
        return FactorialContrast.of(columnsBut(model, factor), column(model, factor)).orElseThrow();
    }

    private static List<double[]> columnsBut(double[][] model, int left) {
        return IntStream.range(0, model[0].length)
                .filter(column -> column != left)
                .mapToObj(column -> column(model, column))
                .toList();
    }

    private static double[] column(double[][] table, int column) {
        return Arrays.stream(table).mapToDouble(row -> row[column]).toArray();
    }
}
