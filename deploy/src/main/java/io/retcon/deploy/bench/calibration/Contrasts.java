package io.retcon.deploy.bench.calibration;

import java.util.Arrays;

/** Slopes of least-squares lines through the outcomes of arms. */
final class Contrasts {
    private Contrasts() {}

    /**
     * @param arms [arm][replicate][item]
     * @param doses of the arms
     */
    static double[][] slope(double[][][] arms, double[] doses) {
        double mean = Arrays.stream(doses).average().orElseThrow();
        double spread = Arrays.stream(doses).map(dose -> (dose - mean) * (dose - mean)).sum();
        var slopes = new double[arms[0].length][arms[0][0].length];
        for (int arm = 0; arm < arms.length; arm++) {
            for (int r = 0; r < slopes.length; r++) {
                for (int i = 0; i < slopes[r].length; i++) {
                    slopes[r][i] += (doses[arm] - mean) / spread * arms[arm][r][i];
                }
            }
        }
        return slopes;
    }

    /** The steepest slope that outcomes between 0 and 1 allow. */
    static double steepest(double[] doses) {
        double mean = Arrays.stream(doses).average().orElseThrow();
        double spread = Arrays.stream(doses).map(dose -> (dose - mean) * (dose - mean)).sum();
        return Arrays.stream(doses).map(dose -> Math.abs(dose - mean)).sum() / 2 / spread;
    }
}
