package io.retcon.deploy.bench.calibration;

import static java.util.Objects.requireNonNull;

import io.retcon.streams.statistics.PairedOutcomes;

import java.util.random.RandomGenerator;

/**
 * Margins whose parts are not normal.
 *
 * @param ofItem what an arm does to an item in every replicate
 * @param ofReplicate what a retraining does to every item
 * @param ofRest what is left
 * @param truth what the treated arm adds
 */
record OddWorld(
        int items, int replicates, Draws ofItem, Draws ofReplicate, Draws ofRest, double truth)
        implements World {
    private static final double SMALL = 0.3;

    OddWorld {
        requireNonNull(ofItem, "ofItem is null");
        requireNonNull(ofReplicate, "ofReplicate is null");
        requireNonNull(ofRest, "ofRest is null");
    }

    @Override
    public PairedOutcomes draw(RandomGenerator random) {
        return PairedOutcomes.ofMargins(arm(true, random), arm(false, random));
    }

    /** Only what is done to items differs between arms: a skew would cancel in a difference. */
    private double[][] arm(boolean treated, RandomGenerator random) {
        var onItem = new double[items];
        for (int i = 0; i < items && treated; i++) {
            onItem[i] = ofItem.draw(random);
        }
        var margins = new double[replicates][items];
        for (var row : margins) {
            double shift = SMALL * ofReplicate.draw(random) + (treated ? truth : 0);
            for (int i = 0; i < items; i++) {
                row[i] = onItem[i] + shift + ofRest.draw(random);
            }
        }
        return margins;
    }

    @Override
    public World planted(double effect) {
        return new OddWorld(items, replicates, ofItem, ofReplicate, ofRest, effect);
    }
}
