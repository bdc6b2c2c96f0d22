package io.retcon.streams.effects;

import java.util.Arrays;

/**
 * Ordinary least squares in closed form: (X'X)⁻¹X'y, and σ̂² (X'X)⁻¹ with σ̂² from the residuals.
 *
 * @param inverse of X'X
 */
record LeastSquares(double[] coefficients, double[][] inverse, double residualVariance) {

    /**
     * @param model [observation][column]
     * @param values [observation][0]
     */
    static LeastSquares of(double[][] model, double[][] values) {
        int columns = model[0].length;
        var squares = new double[columns][columns];
        var products = new double[columns];
        for (int r = 0; r < model.length; r++) {
            for (int a = 0; a < columns; a++) {
                products[a] += model[r][a] * values[r][0];
                for (int b = 0; b < columns; b++) {
                    squares[a][b] += model[r][a] * model[r][b];
                }
            }
        }
        var inverse = inverse(squares);
        var coefficients = new double[columns];
        for (int a = 0; a < columns; a++) {
            for (int b = 0; b < columns; b++) {
                coefficients[a] += inverse[a][b] * products[b];
            }
        }
        double residuals = 0;
        for (int r = 0; r < model.length; r++) {
            double residual = values[r][0];
            for (int a = 0; a < columns; a++) {
                residual -= model[r][a] * coefficients[a];
            }
            residuals += residual * residual;
        }
        return new LeastSquares(coefficients, inverse, residuals / (model.length - columns));
    }

    double coefficient(int column) {
        return coefficients[column];
    }

    double variance(int column) {
        return residualVariance * inverse[column][column];
    }

    /** By Gauss and Jordan, with pivots. */
    private static double[][] inverse(double[][] matrix) {
        int n = matrix.length;
        var work = new double[n][2 * n];
        for (int i = 0; i < n; i++) {
            System.arraycopy(matrix[i], 0, work[i], 0, n);
            work[i][n + i] = 1;
        }
        for (int column = 0; column < n; column++) {
            int pivot = column;
            for (int row = column + 1; row < n; row++) {
                pivot = Math.abs(work[row][column]) > Math.abs(work[pivot][column]) ? row : pivot;
            }
            var swapped = work[column];
            work[column] = work[pivot];
            work[pivot] = swapped;
            double divisor = work[column][column];
            for (int j = 0; j < 2 * n; j++) {
                work[column][j] /= divisor;
            }
            for (int row = 0; row < n; row++) {
                double factor = work[row][column];
                for (int j = 0; row != column && j < 2 * n; j++) {
                    work[row][j] -= factor * work[column][j];
                }
            }
        }
        var inverse = new double[n][];
        for (int i = 0; i < n; i++) {
            inverse[i] = Arrays.copyOfRange(work[i], n, 2 * n);
        }
        return inverse;
    }
}
