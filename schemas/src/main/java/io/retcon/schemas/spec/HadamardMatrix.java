package io.retcon.schemas.spec;

import static java.util.Objects.requireNonNull;

import java.math.BigInteger;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A square matrix of 1 and −1 whose columns are orthogonal, its first row and column all 1: of two
 * times half the order by Sylvester (1867), else from quadratic residues by Paley (<i>On orthogonal
 * matrices</i>, 1933).
 *
 * @param signs [row][column]
 */
record HadamardMatrix(int[][] signs) {
    HadamardMatrix {
        requireNonNull(signs, "signs is null");
    }

    /** Empty for an order for which there is none, or none of these constructions. */
    static Optional<HadamardMatrix> of(int order) {
        if (order == 1) {
            return Optional.of(new HadamardMatrix(new int[][] {{1}}));
        }
        if (order < 1 || order > 2 && order % 4 != 0) {
            return Optional.empty();
        }
        if (Integer.bitCount(order) > 1 && isPrime(order - 1)) {
            return Optional.of(normalized(paley(order - 1)));
        }
        int half = order / 2;
        if (half % 2 == 0 && half % 4 != 0 && isPrime(half - 1)) {
            return Optional.of(normalized(symmetricPaley(half - 1)));
        }
        return of(half).map(HadamardMatrix::doubled);
    }

    private static HadamardMatrix doubled(HadamardMatrix half) {
        int order = half.signs.length;
        var signs = new int[2 * order][2 * order];
        for (int i = 0; i < 2 * order; i++) {
            for (int j = 0; j < 2 * order; j++) {
                int sign = half.signs[i % order][j % order];
                signs[i][j] = i >= order && j >= order ? -sign : sign;
            }
        }
        return new HadamardMatrix(signs);
    }

    /** Order q + 1, for a prime q of the form 4n + 3. */
    private static int[][] paley(int q) {
        var signs = bordered(q, -1);
        for (int i = 0; i <= q; i++) {
            signs[i][i] = 1;
        }
        return signs;
    }

    /** Order 2 (q + 1), for a prime q of the form 4n + 1. */
    private static int[][] symmetricPaley(int q) {
        var conference = bordered(q, 1);
        var signs = new int[2 * (q + 1)][2 * (q + 1)];
        for (int i = 0; i <= q; i++) {
            for (int j = 0; j <= q; j++) {
                int sign = conference[i][j];
                int diagonal = i == j ? 1 : 0;
                signs[2 * i][2 * j] = sign + diagonal;
                signs[2 * i][2 * j + 1] = sign - diagonal;
                signs[2 * i + 1][2 * j] = sign - diagonal;
                signs[2 * i + 1][2 * j + 1] = -sign - diagonal;
            }
        }
        return signs;
    }

    /** The quadratic characters of differences, 0 on the diagonal, with a row and a column of 1. */
    private static int[][] bordered(int q, int firstColumn) {
        var signs = new int[q + 1][q + 1];
        for (int i = 1; i <= q; i++) {
            signs[0][i] = 1;
            signs[i][0] = firstColumn;
            for (int j = 1; j <= q; j++) {
                signs[i][j] = character(Math.floorMod(i - j, q), q);
            }
        }
        return signs;
    }

    /** 1 for a square modulo q, −1 for none, 0 for 0. */
    private static int character(int number, int q) {
        if (number == 0) {
            return 0;
        }
        return IntStream.range(1, q).anyMatch(root -> root * root % q == number) ? 1 : -1;
    }

    private static HadamardMatrix normalized(int[][] signs) {
        int order = signs.length;
        var firstRow = signs[0].clone();
        var normalized = new int[order][order];
        for (int i = 0; i < order; i++) {
            int first = signs[i][0] * firstRow[0];
            for (int j = 0; j < order; j++) {
                normalized[i][j] = signs[i][j] * firstRow[j] * first;
            }
        }
        return new HadamardMatrix(normalized);
    }

    private static boolean isPrime(int number) {
        return number > 2 && BigInteger.valueOf(number).isProbablePrime(20);
    }
}
