package io.retcon.streams.statistics;

/**
 * How one arm's shares come about.
 *
 * @param share of right items, inside 0 and 1
 * @param ofReplicate standard deviation of retrainings on the logit scale
 * @param within part of share · (1 − share) that is an item's own chance in each retraining
 */
record ShareArm(double share, double ofReplicate, double within) {
    /**
     * So many answers that are not like nearly all others say as much of how an arm would vary
     * elsewhere as is supposed before.
     */
    private static final double KNOWN = 3;

    private static final double SUPPOSED_WITHIN = 0.8;
    private static final double SUPPOSED_VARIANCE = 0.4;

    /** By how much averaging over normal logits flattens: (16 √3 / 15 π)². */
    private static final double FLATTER = 0.346;

    private static final double LEAST = 1e-6;

    /**
     * Of outcomes [replicate][item] in two replicates or more.
     *
     * @param median of the estimated variance of retrainings, where it is 1
     */
    static ShareArm of(double[][] outcomes, double median) {
        var squares = MeanSquares.of(outcomes);
        double cells = (double) outcomes.length * outcomes[0].length;
        double share = ShareArms.inside(squares.mean(), (int) cells);
        double told = cells * share * (1 - share);
        double within =
                Math.clamp(
                        (cells * squares.rest() + KNOWN * SUPPOSED_WITHIN) / (told + KNOWN), 0, 1);
        double luck = within / outcomes[0].length / share / (1 - share);
        double ofReplicate = Math.max(0, ofLogits(outcomes) / median - luck);
        double variance = (told * ofReplicate + KNOWN * SUPPOSED_VARIANCE) / (told + KNOWN);
        return new ShareArm(share, Math.sqrt(variance), within);
    }

    /** Variance of the logits of replicates' shares. */
    static double ofLogits(double[][] outcomes) {
        var logits = new double[outcomes.length];
        for (int r = 0; r < logits.length; r++) {
            int items = outcomes[r].length;
            logits[r] = ShareArms.logit(ShareArms.inside(MeanSquares.mean(outcomes[r]), items));
        }
        return MeanSquares.squares(logits, MeanSquares.mean(logits)) / (logits.length - 1);
    }

    /** The same arm with another share. */
    ShareArm at(double other) {
        return new ShareArm(Math.clamp(other, LEAST, 1 - LEAST), ofReplicate, within);
    }

    double spread() {
        return share * (1 - share);
    }

    double withinItems() {
        return within * spread();
    }

    double betweenItems() {
        return (1 - within) * spread();
    }

    /**
     * Shares of retrainings.
     *
     * @param luck normal values, two for each replicate from a place on
     * @param shift of all of them
     */
    double[] shares(double[] luck, int from, int replicates, int items, double shift) {
        double level = ShareArms.logit(share) * Math.sqrt(1 + FLATTER * ofReplicate * ofReplicate);
        var shares = new double[replicates];
        for (int r = 0; r < replicates; r++) {
            double of = 1 / (1 + Math.exp(-level - ofReplicate * luck[from + 2 * r]));
            double around = Math.sqrt(within * of * (1 - of) / items) * luck[from + 2 * r + 1];
            shares[r] = Math.rint(items * Math.clamp(of + around + shift, 0, 1)) / items;
        }
        return shares;
    }
}
