package io.retcon.indexer.dense;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

import java.util.List;

/**
 * Inner products of many questions with many documents, as a matrix product in registers: six
 * questions by two SIMD vectors of documents at a time.
 *
 * <p>Each inner product is, bit for bit, the plain loop {@link #one}. A SIMD vector holds different
 * documents, never parts of one sum, so neither its width nor the compiler's state changes a
 * result. At most dimension · 2⁻²⁴ · Σ|q·x| off the true one. Immutable.
 */
final class InnerProducts {
    /** Questions at a time. */
    static final int ROWS = 6;

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    /** Documents at a time. */
    static final int WIDTH = 2 * LANES;

    /** Components that are turned at a time: one line of cache of each document. */
    private static final int STRIP = 16;

    private final int dimension;
    private final float[][] tiles;

    /**
     * @param questions of {@code dimension} components each
     */
    InnerProducts(List<float[]> questions, int dimension) {
        this.dimension = dimension;
        tiles = new float[Math.ceilDiv(questions.size(), ROWS)][ROWS * dimension];
        for (int question = 0; question < questions.size(); question++) {
            var from = questions.get(question);
            var to = tiles[question / ROWS];
            for (int d = 0; d < dimension; d++) {
                to[d * ROWS + question % ROWS] = from[d];
            }
        }
    }

    /** Groups of {@link #ROWS} questions, the last one filled up with zeros. */
    int tiles() {
        return tiles.length;
    }

    /** The definition. */
    static float one(float[] question, float[] rows, int start) {
        float sum = 0;
        for (int d = 0; d < question.length; d++) {
            sum = Math.fma(question[d], rows[start + d], sum);
        }
        return sum;
    }

    /**
     * Turns {@link #WIDTH} documents on their side, so that one component of all of them lies
     * together.
     *
     * @param rows the documents' vectors, one after the other
     * @param count how many there are; what lies in the place of those lacking means nothing
     */
    void pack(float[] rows, int first, int count, float[] panel) {
        for (int from = 0; from < dimension; from += STRIP) {
            int to = Math.min(dimension, from + STRIP);
            for (int j = 0; j < count; j++) {
                int row = (first + j) * dimension;
                for (int d = from; d < to; d++) {
                    panel[d * WIDTH + j] = rows[row + d];
                }
            }
        }
    }

    /**
     * The products of a tile's questions with a panel's documents.
     *
     * @param products gets [{@link #ROWS}][{@link #WIDTH}], row-major
     */
    void of(int tile, float[] panel, float[] products) {
        var questions = tiles[tile];
        var a0 = FloatVector.zero(SPECIES);
        var a1 = a0;
        var a2 = a0;
        var a3 = a0;
        var a4 = a0;
        var a5 = a0;
        var b0 = a0;
        var b1 = a0;
        var b2 = a0;
        var b3 = a0;
        var b4 = a0;
        var b5 = a0;
        for (int d = 0, q = 0, x = 0; d < dimension; d++, q += ROWS, x += WIDTH) {
            var left = FloatVector.fromArray(SPECIES, panel, x);
            var right = FloatVector.fromArray(SPECIES, panel, x + LANES);
            var question = FloatVector.broadcast(SPECIES, questions[q]);
            a0 = question.fma(left, a0);
            b0 = question.fma(right, b0);
            question = FloatVector.broadcast(SPECIES, questions[q + 1]);
            a1 = question.fma(left, a1);
            b1 = question.fma(right, b1);
            question = FloatVector.broadcast(SPECIES, questions[q + 2]);
            a2 = question.fma(left, a2);
            b2 = question.fma(right, b2);
            question = FloatVector.broadcast(SPECIES, questions[q + 3]);
            a3 = question.fma(left, a3);
            b3 = question.fma(right, b3);
            question = FloatVector.broadcast(SPECIES, questions[q + 4]);
            a4 = question.fma(left, a4);
            b4 = question.fma(right, b4);
            question = FloatVector.broadcast(SPECIES, questions[q + 5]);
            a5 = question.fma(left, a5);
            b5 = question.fma(right, b5);
        }
        put(products, 0, a0, b0);
        put(products, 1, a1, b1);
        put(products, 2, a2, b2);
        put(products, 3, a3, b3);
        put(products, 4, a4, b4);
        put(products, 5, a5, b5);
    }

    /** Whether any of a row's products is at least {@code least}. */
    static boolean anyReaches(float least, float[] products, int row) {
        return FloatVector.fromArray(SPECIES, products, row * WIDTH)
                .max(FloatVector.fromArray(SPECIES, products, row * WIDTH + LANES))
                .compare(VectorOperators.GE, least)
                .anyTrue();
    }

    private static void put(float[] products, int row, FloatVector left, FloatVector right) {
        left.intoArray(products, row * WIDTH);
        right.intoArray(products, row * WIDTH + LANES);
    }
}
