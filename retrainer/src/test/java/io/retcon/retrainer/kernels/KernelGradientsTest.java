package io.retcon.retrainer.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;

/**
 * Every kernel that has a gradient against central differences of what goes forward: the slope of
 * the sum of its results, each times a fixed random number, by each of its inputs.
 */
class KernelGradientsTest {
    private static final long SEED = 53;
    private static final int ROWS = 3;
    private static final float STEP = 1f / 128;
    private static final double CLOSE = 2e-3;

    private final FloatArena arena = new FloatArena();
    private final SplittableRandom random = new SplittableRandom(SEED);

    @AfterEach
    void free() {
        arena.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 15, 16, 17, 33})
    void rmsNorm(int width) {
        // Given
        var x = filled(ROWS, width);
        var gain = filled(1, width);
        var y = arena.matrix(ROWS, width);
        var dy = filled(ROWS, width);
        var scales = new float[ROWS];
        Runnable forward = () -> RmsNormKernel.forward(x, gain, 1e-3f, y, scales, ROWS);
        var dx = arena.matrix(ROWS, width);
        var dgain = arena.matrix(1, width);
        forward.run();
        // When
        RmsNormKernel.backward(dy, x, gain, scales, dgain, Store.SET, dx, ROWS);
        // Then
        DoubleSupplier value = () -> after(forward, () -> dot(dy, y, ROWS));
        assertSlopes(dx, x, ROWS, value);
        assertSlopes(dgain, gain, 1, value);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 15, 16, 17, 33})
    void layerNorm(int width) {
        // Given
        var x = filled(ROWS, width);
        var gain = filled(1, width);
        var bias = filled(1, width);
        var y = arena.matrix(ROWS, width);
        var dy = filled(ROWS, width);
        var means = new float[ROWS];
        var scales = new float[ROWS];
        Runnable forward =
                () -> LayerNormKernel.forward(x, gain, bias, 0.1f, y, means, scales, ROWS);
        var dx = arena.matrix(ROWS, width);
        var dgain = arena.matrix(1, width);
        var dbias = arena.matrix(1, width);
        forward.run();
        // When
        LayerNormKernel.backward(dy, x, gain, means, scales, dgain, dbias, Store.SET, dx, ROWS);
        // Then
        DoubleSupplier value = () -> after(forward, () -> dot(dy, y, ROWS));
        assertSlopes(dx, x, ROWS, value);
        assertSlopes(dgain, gain, 1, value);
        assertSlopes(dbias, bias, 1, value);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 15, 16, 17, 40})
    void swiGlu(int width) {
        // Given
        var gate = filled(ROWS, width);
        var up = filled(ROWS, width);
        var y = arena.matrix(ROWS, width);
        var dy = filled(ROWS, width);
        var dgate = arena.matrix(ROWS, width);
        var dup = arena.matrix(ROWS, width);
        // When
        SwiGluKernel.backward(dy, gate, up, dgate, dup, ROWS);
        // Then
        DoubleSupplier value =
                () -> {
                    SwiGluKernel.forward(gate, up, y, ROWS);
                    return dot(dy, y, ROWS);
                };
        assertSlopes(dgate, gate, ROWS, value);
        assertSlopes(dup, up, ROWS, value);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 15, 16, 17, 40})
    void gelu(int width) {
        // Given
        var x = filled(ROWS, width);
        var y = arena.matrix(ROWS, width);
        var dy = filled(ROWS, width);
        var dx = arena.matrix(ROWS, width);
        // When
        GeluKernel.backward(dy, x, dx, ROWS);
        // Then
        assertSlopes(
                dx,
                x,
                ROWS,
                () -> {
                    GeluKernel.forward(x, y, ROWS);
                    return dot(dy, y, ROWS);
                });
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 16, 34})
    void rotary(int rotated) {
        // Given
        int width = rotated + 3;
        var kernel = new RotaryKernel(arena, rotated, 100);
        var positions = new int[] {0, 7, 2};
        var x = filled(ROWS, 2 * width);
        var turned = Heads.adjacent(arena.matrix(ROWS, 2 * width), 2, width);
        var dy = filled(ROWS, 2 * width);
        var dx = copy(dy, ROWS);
        // When
        kernel.rotateBack(Heads.adjacent(dx, 2, width), positions, ROWS);
        // Then
        assertSlopes(
                dx,
                x,
                ROWS,
                () -> {
                    turned.rows().floats().copyFrom(x.floats());
                    kernel.rotate(turned, positions, ROWS);
                    return dot(dy, turned.rows(), ROWS);
                });
    }

    /** Four query heads over two key-value heads, at lengths around a block's. */
    @ParameterizedTest
    @ValueSource(ints = {1, 17, 64, 65})
    void attention(int length) {
        // Given
        int first = 1;
        int width = 3;
        int rows = first + length;
        var q = filled(rows, 4 * width);
        var k = filled(rows, 2 * width);
        var v = filled(rows, 2 * width);
        var out = Heads.adjacent(arena.matrix(rows, 4 * width), 4, width);
        var dout = filled(rows, 4 * width);
        dout.zero(first);
        var logs = new float[4 * rows];
        var kernel = new AttentionKernel(arena, length);
        var passage = Passage.of(first, length);
        var queries = Heads.adjacent(q, 4, width);
        var keys = Heads.adjacent(k, 2, width);
        var values = Heads.adjacent(v, 2, width);
        Runnable forward = () -> kernel.forward(passage, queries, keys, values, out, logs);
        var dq = arena.matrix(rows, 4 * width);
        var dk = arena.matrix(rows, 2 * width);
        var dv = arena.matrix(rows, 2 * width);
        forward.run();
        // When
        kernel.backward(
                passage,
                queries,
                keys,
                values,
                out,
                logs,
                Heads.adjacent(dout, 4, width),
                Heads.adjacent(dq, 4, width),
                Heads.adjacent(dk, 2, width),
                Heads.adjacent(dv, 2, width));
        // Then
        DoubleSupplier value = () -> after(forward, () -> dot(dout, out.rows(), rows));
        assertSlopes(dq, q, rows, value);
        assertSlopes(dk, k, rows, value);
        assertSlopes(dv, v, rows, value);
    }

    /** With the z-loss and a weight. */
    @ParameterizedTest
    @ValueSource(ints = {2, 16, 19, 50})
    void crossEntropy(int width) {
        // Given
        double z = 0.05;
        double weight = 0.7;
        int target = width / 2;
        var logits = filled(1, width);
        var gradient = copy(logits, 1);
        // When
        double log = CrossEntropyKernel.logSumExp(logits, 0);
        CrossEntropyKernel.gradient(gradient, 0, target, log, z, weight);
        // Then
        assertSlopes(
                gradient,
                logits,
                1,
                () -> {
                    double sum = CrossEntropyKernel.logSumExp(logits, 0);
                    return weight * (sum - logits.get(0, target) + z * sum * sum);
                });
    }

    /** A token that comes twice gathers both gradients, one that does not come none. */
    @ParameterizedTest
    @ValueSource(ints = {1, 16, 19})
    void embedding(int width) {
        // Given
        var table = filled(4, width);
        var tokens = new int[] {3, 0, 3};
        var y = arena.matrix(ROWS, width);
        var dy = filled(ROWS, width);
        var dtable = arena.matrix(4, width);
        // When
        EmbeddingKernel.backward(dy, tokens, dtable, ROWS);
        // Then
        assertSlopes(
                dtable,
                table,
                4,
                () -> {
                    EmbeddingKernel.forward(table, tokens, y, ROWS);
                    return dot(dy, y, ROWS);
                });
    }

    /** y = x Wᵀ + b, whose gradients are the other two products and the sum of rows. */
    @ParameterizedTest
    @ValueSource(ints = {1, 16, 19})
    void productAndBias(int width) {
        // Given
        int outputs = 5;
        var x = filled(ROWS, width);
        var weight = filled(outputs, width);
        var bias = filled(1, outputs);
        var y = arena.matrix(ROWS, outputs);
        var dy = filled(ROWS, outputs);
        var dx = arena.matrix(ROWS, width);
        var dweight = arena.matrix(outputs, width);
        var dbias = arena.matrix(1, outputs);
        // When
        Gemm.ab(ROWS, width, outputs, 1, dy, weight, Store.SET, dx);
        Gemm.aTb(outputs, width, ROWS, 1, dy, x, Store.ADD, dweight);
        Rows.addTo(dbias, dy, ROWS);
        // Then
        DoubleSupplier value =
                () -> {
                    Rows.repeat(bias, y, ROWS);
                    Gemm.abT(ROWS, outputs, width, 1, x, weight, Store.ADD, y);
                    return dot(dy, y, ROWS);
                };
        assertSlopes(dx, x, ROWS, value);
        assertSlopes(dweight, weight, outputs, value);
        assertSlopes(dbias, bias, 1, value);
    }

    private static void assertSlopes(Matrix found, Matrix input, int rows, DoubleSupplier value) {
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < input.columns(); c++) {
                float before = input.get(r, c);
                input.set(r, c, before + STEP);
                double up = value.getAsDouble();
                double stepUp = (double) input.get(r, c) - before;
                input.set(r, c, before - STEP);
                double down = value.getAsDouble();
                double stepDown = (double) before - input.get(r, c);
                input.set(r, c, before);
                double slope = (up - down) / (stepUp + stepDown);
                assertThat((double) found.get(r, c))
                        .as("row %d, column %d, seed %d", r, c, SEED)
                        .isCloseTo(slope, within(CLOSE * (1 + Math.abs(slope))));
            }
        }
    }

    private static double after(Runnable forward, DoubleSupplier value) {
        forward.run();
        return value.getAsDouble();
    }

    private static double dot(Matrix a, Matrix b, int rows) {
        double sum = 0;
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < a.columns(); c++) {
                sum += (double) a.get(r, c) * b.get(r, c);
            }
        }
        return sum;
    }

    private Matrix copy(Matrix x, int rows) {
        var copy = arena.matrix(rows, x.columns());
        copy.floats().copyFrom(x.floats());
        return copy;
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
}
