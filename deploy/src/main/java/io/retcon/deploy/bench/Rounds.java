package io.retcon.deploy.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Rates of ours and of a peer, measured in turn: a ratio is of one round, so that what the machine
 * does besides falls on both.
 */
final class Rounds {
    private final List<Double> ours = new ArrayList<>();
    private final List<Double> theirs = new ArrayList<>();
    private final List<Double> ratios = new ArrayList<>();

    /** A round without a peer. */
    void add(double rate) {
        ours.add(rate);
    }

    void add(double rate, double peerRate) {
        ours.add(rate);
        theirs.add(peerRate);
        ratios.add(rate / peerRate);
    }

    double ours() {
        return median(ours);
    }

    Optional<Double> peer() {
        return theirs.isEmpty() ? Optional.empty() : Optional.of(median(theirs));
    }

    /** How many times ours is the peer's; rates are better when larger. */
    Optional<Double> ratio() {
        return ratios.isEmpty() ? Optional.empty() : Optional.of(median(ratios));
    }

    /**
     * @param peerMemory bytes, 0 where it is not known
     */
    Measurement measurement(
            String name, String unit, String peerName, long peerMemory, String limit) {
        return new Measurement(
                name,
                ours(),
                peer(),
                theirs.isEmpty() ? "none" : peerName,
                unit,
                ratio(),
                PeakMemory.bytes(),
                theirs.isEmpty() || peerMemory == 0 ? Optional.empty() : Optional.of(peerMemory),
                limit);
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
    }
}
