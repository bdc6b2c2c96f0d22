package io.retcon.streams.effects;

/**
 * Mean squares of a [replicate][item] table in the two-way layout without repetition: value = mean
 * + replicate + item + rest. With one replicate or one item what cannot be separated is 0.
 *
 * @param mean over all cells
 * @param replicate expectation: rest + items · replicate variance
 * @param item expectation: rest + replicates · item variance
 * @param rest expectation: what neither explains
 */
record MeanSquares(double mean, double replicate, double item, double rest) {

    static MeanSquares of(double[][] table) {
        int replicates = table.length;
        int items = table[0].length;
        var ofReplicate = new double[replicates];
        double ofItems = 0;
        double cells = 0;
        for (int i = 0; i < items; i++) {
            double sum = 0;
            for (int r = 0; r < replicates; r++) {
                double value = table[r][i];
                sum += value;
                ofReplicate[r] += value / items;
                cells += value * value;
            }
            ofItems += sum * sum / replicates;
        }
        return of(ofReplicate, ofItems, cells, items);
    }

    /**
     * @param ofReplicate the mean of every replicate
     * @param ofItems replicates · Σ (item's mean)²
     * @param cells Σ value²
     */
    static MeanSquares of(double[] ofReplicate, double ofItems, double cells, int items) {
        int replicates = ofReplicate.length;
        double mean = mean(ofReplicate);
        double all = mean * mean * replicates * items;
        double betweenReplicates = items * squares(ofReplicate, mean);
        double betweenItems = Math.max(0, ofItems - all);
        double rest = Math.max(0, cells - all - betweenReplicates - betweenItems);
        return new MeanSquares(
                mean,
                share(betweenReplicates, replicates - 1),
                share(betweenItems, items - 1),
                share(rest, (replicates - 1) * (items - 1)));
    }

    static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    private static double squares(double[] values, double mean) {
        double sum = 0;
        for (double value : values) {
            sum += (value - mean) * (value - mean);
        }
        return sum;
    }

    private static double share(double sum, int degrees) {
        return degrees == 0 ? 0 : sum / degrees;
    }
}
