package io.retcon.streams.statistics;

/**
 * Mean squares of a [replicate][unit] table in the two-way layout without repetition: value = mean
 * + replicate + unit + rest (Searle, Casella, McCulloch, <i>Variance Components</i>, 1992, chapter
 * 4). Squares are of deviations, so that what a mean makes large is not subtracted from itself.
 * With one replicate or one unit what cannot be separated is 0.
 *
 * @param mean over all cells
 * @param replicate expectation: rest + units · replicate variance
 * @param unit expectation: rest + replicates · unit variance
 * @param rest expectation: what neither explains
 */
record MeanSquares(double mean, double replicate, double unit, double rest) {

    static MeanSquares of(double[][] table) {
        int replicates = table.length;
        int units = table[0].length;
        var ofReplicate = new double[replicates];
        var ofUnit = new double[units];
        for (int r = 0; r < replicates; r++) {
            ofReplicate[r] = mean(table[r]);
            for (int i = 0; i < units; i++) {
                ofUnit[i] += table[r][i] / replicates;
            }
        }
        double mean = mean(ofReplicate);
        double rest = 0;
        for (int r = 0; r < replicates; r++) {
            for (int i = 0; i < units; i++) {
                double left = table[r][i] - ofReplicate[r] - ofUnit[i] + mean;
                rest += left * left;
            }
        }
        return new MeanSquares(
                mean,
                share(units * squares(ofReplicate, mean), replicates - 1),
                share(replicates * squares(ofUnit, mean), units - 1),
                share(rest, (replicates - 1) * (units - 1)));
    }

    static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    /** Σ (value − centre)². */
    static double squares(double[] values, double centre) {
        double sum = 0;
        for (double value : values) {
            sum += (value - centre) * (value - centre);
        }
        return sum;
    }

    private static double share(double sum, int degrees) {
        return degrees == 0 ? 0 : sum / degrees;
    }
}
