package io.retcon.deploy.bench.calibration;

import io.retcon.streams.statistics.PairedOutcomes;

import java.util.random.RandomGenerator;

/** Interventions whose true difference is known. */
interface World {
    /** The outcomes of one intervention. */
    PairedOutcomes draw(RandomGenerator random);

    /** The difference in the population of items and retrainings. */
    double truth();

    /**
     * The same world with a true difference of about that size; the one that it has where fixed.
     */
    World planted(double effect);
}
