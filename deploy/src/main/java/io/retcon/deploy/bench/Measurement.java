package io.retcon.deploy.bench;

import io.retcon.deploy.cli.Column;

import java.util.List;
import java.util.Optional;

/**
 * One figure beside a peer's.
 *
 * @param ours our figure, in {@code unit}
 * @param peer the peer's, where it is installed
 * @param ratio how many times better than the peer
 * @param memoryBytes our peak resident memory
 * @param limit what keeps it from being better
 */
public record Measurement(
        String name,
        double ours,
        Optional<Double> peer,
        String peerName,
        String unit,
        Optional<Double> ratio,
        long memoryBytes,
        Optional<Long> peerMemoryBytes,
        String limit) {
    public static final List<Column<Measurement>> COLUMNS =
            List.of(
                    new Column<>("name", Measurement::name),
                    new Column<>("ours", Measurement::ours),
                    new Column<>("peer", Measurement::peer),
                    new Column<>("unit", Measurement::unit),
                    new Column<>("ratio", Measurement::ratio),
                    new Column<>("MB", m -> m.memoryBytes() >> 20),
                    new Column<>("peer MB", m -> m.peerMemoryBytes().map(bytes -> bytes >> 20)),
                    new Column<>("peer name", Measurement::peerName),
                    new Column<>("limit", Measurement::limit));

    /** A figure that has no peer. */
    public static Measurement alone(String name, double ours, String unit, String limit) {
        return new Measurement(
                name,
                ours,
                Optional.empty(),
                "none",
                unit,
                Optional.empty(),
                PeakMemory.bytes(),
                Optional.empty(),
                limit);
    }
}
