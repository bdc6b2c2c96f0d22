package io.retcon.streams.statistics;

/**
 * A weighted sum of independent gamma variables of scale 1, weights of both signs: how likely it is
 * not to be negative.
 *
 * <p>The characteristic function is inverted (Gil-Pelaez, <i>Biometrika</i> 38, 1951; Imhof,
 * <i>Biometrika</i> 48, 1961) along the line through the saddle point (Daniels, <i>Annals of
 * Mathematical Statistics</i> 25, 1954), where the integrand does not oscillate, by the trapezoid
 * rule after a hyperbolic sine: exact to about 12 digits, tiny tails included.
 *
 * @param weights of the variables
 * @param shapes of the variables, each above 0
 */
record GammaSum(double[] weights, double[] shapes) {
    private static final int HALVINGS = 100;
    private static final double STEP = 1.0 / 16;
    private static final double NEGLIGIBLE = 1e-18;
    private static final double FARTHEST = 40;

    double notNegative() {
        double largest = 0;
        double smallest = 0;
        for (double weight : weights) {
            largest = Math.max(largest, weight);
            smallest = Math.min(smallest, weight);
        }
        if (smallest == 0) {
            return 1;
        }
        if (largest == 0) {
            return 0;
        }
        double mean = 0;
        for (int j = 0; j < weights.length; j++) {
            mean += weights[j] * shapes[j];
        }
        // The smaller tail is found, the other one is what it leaves.
        return mean < 0 ? integral(saddle(0, 1 / largest)) : 1 + integral(saddle(1 / smallest, 0));
    }

    /** Where log(moments generating function) − log|s| is least between two poles. */
    private double saddle(double from, double to) {
        double low = from;
        double high = to;
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (low + high) / 2;
            double slope = -1 / middle;
            for (int j = 0; j < weights.length; j++) {
                slope += shapes[j] * weights[j] / (1 - middle * weights[j]);
            }
            if (slope < 0) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }

    private double integral(double saddle) {
        double curvature = 1 / (saddle * saddle);
        for (int j = 0; j < weights.length; j++) {
            double of = weights[j] / (1 - saddle * weights[j]);
            curvature += shapes[j] * of * of;
        }
        double scale = 1 / Math.sqrt(curvature);
        double sum = integrand(saddle, 0) / 2;
        double most = Math.abs(sum);
        for (double t = STEP; t < FARTHEST; t += STEP) {
            double term = integrand(saddle, scale * Math.sinh(t)) * Math.cosh(t);
            sum += term;
            most = Math.max(most, Math.abs(sum));
            if (Math.abs(term) < NEGLIGIBLE * most) {
                break;
            }
        }
        return sum * scale * STEP / Math.PI;
    }

    /** Real part of moments generating function / s at s = saddle + i·height. */
    private double integrand(double saddle, double height) {
        double size = -Math.log(Math.hypot(saddle, height));
        double turn = -Math.atan2(height, saddle);
        for (int j = 0; j < weights.length; j++) {
            double real = 1 - saddle * weights[j];
            double imaginary = -height * weights[j];
            size -= shapes[j] * Math.log(Math.hypot(real, imaginary));
            turn -= shapes[j] * Math.atan2(imaginary, real);
        }
        return Math.exp(size) * Math.cos(turn);
    }
}
