package io.retcon.retrainer.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/** Every forward kernel against the formula written out, at widths around a vector's. */
class KernelsTest {
    private static final double CLOSE = 2e-5;
    private static final int ROWS = 5;

    private final FloatArena arena = new FloatArena();
    private final SplittableRandom random = new SplittableRandom(31);

    @AfterEach
    void free() {
        arena.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 15, 16, 17, 33, 64})
    void rmsNorm(int width) {
        // Given
        var x = filled(ROWS, width);
        var gain = filled(1, width);
        var y = arena.matrix(ROWS, width);
        // When
        RmsNormKernel.forward(x, gain, 1e-3f, y, new float[ROWS], ROWS);
        // Then
        for (int r = 0; r < ROWS; r++) {
            double mean = mean(x, r, width, v -> v * v);
            for (int j = 0; j < width; j++) {
                assertThat((double) y.get(r, j))
                        .isCloseTo(
                                gain.get(0, j) * x.get(r, j) / Math.sqrt(mean + 1e-3),
                                offset(CLOSE));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 15, 16, 17, 33, 64})
    void layerNorm(int width) {
        // Given
        var x = filled(ROWS, width);
        var gain = filled(1, width);
        var bias = filled(1, width);
        var y = arena.matrix(ROWS, width);
        // When
        LayerNormKernel.forward(x, gain, bias, 1e-3f, y, new float[ROWS], new float[ROWS], ROWS);
        // Then
        for (int r = 0; r < ROWS; r++) {
            double mean = mean(x, r, width, v -> v);
            double variance = mean(x, r, width, v -> (v - mean) * (v - mean));
            for (int j = 0; j < width; j++) {
                double h = (x.get(r, j) - mean) / Math.sqrt(variance + 1e-3);
                assertThat((double) y.get(r, j))
                        .isCloseTo(gain.get(0, j) * h + bias.get(0, j), offset(CLOSE));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 15, 16, 17, 40})
    void swiGlu(int width) {
        // Given
        var both = filled(ROWS, 2 * width);
        var y = arena.matrix(ROWS, width);
        // When
        SwiGluKernel.forward(both.columns(0, width), both.columns(width, width), y, ROWS);
        // Then
        for (int r = 0; r < ROWS; r++) {
            for (int j = 0; j < width; j++) {
                double gate = both.get(r, j);
                assertThat((double) y.get(r, j))
                        .isCloseTo(
                                gate / (1 + Math.exp(-gate)) * both.get(r, width + j),
                                offset(CLOSE));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 6, 16, 32, 34, 48})
    void rotaryTurnsPairsAndNothingElse(int rotated) {
        // Given
        int width = rotated + 3;
        var heads = Heads.adjacent(filled(ROWS, 2 * width), 2, width);
        var before = copy(heads.rows(), ROWS);
        var positions = new int[] {0, 7, 2, 2, 9};
        // When
        new RotaryKernel(arena, rotated, 100).rotate(heads, positions, ROWS);
        // Then
        int half = rotated / 2;
        for (int r = 0; r < ROWS; r++) {
            for (int h = 0; h < 2; h++) {
                for (int i = 0; i < half; i++) {
                    double angle = positions[r] * Math.pow(100, -2.0 * i / rotated);
                    double a = before[r][h * width + i];
                    double b = before[r][h * width + half + i];
                    double low = a * Math.cos(angle) - b * Math.sin(angle);
                    double high = b * Math.cos(angle) + a * Math.sin(angle);
                    assertThat((double) heads.head(h).get(r, i)).isCloseTo(low, offset(CLOSE));
                    assertThat((double) heads.head(h).get(r, half + i))
                            .isCloseTo(high, offset(CLOSE));
                }
                for (int i = rotated; i < width; i++) {
                    assertThat(heads.head(h).get(r, i)).isEqualTo(before[r][h * width + i]);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 16, 63, 64, 65, 130})
    void attentionSeesWhatStandsBefore(int length) {
        // Given
        int first = 2;
        int width = 5;
        int rows = first + length;
        var q = Heads.adjacent(filled(rows, 4 * width), 4, width);
        var k = Heads.adjacent(filled(rows, 2 * width), 2, width);
        var v = Heads.adjacent(filled(rows, 2 * width), 2, width);
        var out = Heads.adjacent(arena.matrix(rows, 4 * width), 4, width);
        var passage = Passage.of(first, length);
        // When
        new AttentionKernel(arena, length).forward(passage, q, k, v, out, new float[4 * rows]);
        // Then
        for (int h = 0; h < 4; h++) {
            for (int i = 0; i < length; i++) {
                int row = first + i;
                var seen = IntStream.rangeClosed(first, row).boxed().toList();
                assertRow(q.head(h), k.head(h / 2), v.head(h / 2), row, seen, out.head(h));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 20, 70})
    void branchesSeeTheTextTheirAncestorsAndThemselves(int length) {
        // Given
        int width = 7;
        var parents = List.of(-1, 0, -1, 1, 0, 3);
        var passage = new Passage(0, length, parents);
        int rows = passage.rows();
        var q = Heads.adjacent(filled(rows, width), 1, width);
        var k = Heads.adjacent(filled(rows, width), 1, width);
        var v = Heads.adjacent(filled(rows, width), 1, width);
        var out = Heads.adjacent(arena.matrix(rows, width), 1, width);
        // When
        new BranchAttentionKernel(arena, length + 6).forward(passage, q, k, v, out);
        // Then
        for (int branch = 0; branch < parents.size(); branch++) {
            var seen = new ArrayList<>(IntStream.range(0, length).boxed().toList());
            for (int b = branch; b >= 0; b = parents.get(b)) {
                seen.add(length + b);
            }
            assertRow(q.head(0), k.head(0), v.head(0), length + branch, seen, out.head(0));
        }
    }

    private static void assertRow(
            Matrix q, Matrix k, Matrix v, int row, List<Integer> seen, Matrix out) {
        int width = q.columns();
        var shares = new double[seen.size()];
        double sum = 0;
        for (int s = 0; s < shares.length; s++) {
            double dot = 0;
            for (int j = 0; j < width; j++) {
                dot += q.get(row, j) * k.get(seen.get(s), j);
            }
            shares[s] = Math.exp(dot / Math.sqrt(width));
            sum += shares[s];
        }
        for (int j = 0; j < width; j++) {
            double expected = 0;
            for (int s = 0; s < shares.length; s++) {
                expected += shares[s] / sum * v.get(seen.get(s), j);
            }
            assertThat((double) out.get(row, j)).isCloseTo(expected, offset(CLOSE));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 16, 19, 50})
    void logSumExp(int width) {
        // Given
        var logits = filled(1, width);
        double sum = 0;
        for (int j = 0; j < width; j++) {
            sum += Math.exp(logits.get(0, j));
        }
        // When
        double log = CrossEntropyKernel.logSumExp(logits, 0);
        // Then
        assertThat(log).isCloseTo(Math.log(sum), offset(CLOSE));
    }

    private Matrix filled(int rows, int columns) {
        var matrix = arena.matrix(rows, columns);
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                matrix.set(r, c, (float) random.nextDouble(-2, 2));
            }
        }
        return matrix;
    }

    private static float[][] copy(Matrix matrix, int rows) {
        var copy = new float[rows][matrix.columns()];
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < matrix.columns(); c++) {
                copy[r][c] = matrix.get(r, c);
            }
        }
        return copy;
    }

    private static double mean(Matrix x, int row, int width, DoubleUnaryOperator of) {
        double sum = 0;
        for (int j = 0; j < width; j++) {
            sum += of.applyAsDouble(x.get(row, j));
        }
        return sum / width;
    }
}
