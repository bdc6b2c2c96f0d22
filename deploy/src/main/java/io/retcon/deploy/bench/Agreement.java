package io.retcon.deploy.bench;

import io.retcon.indexer.match.ItemMatches;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Compares what ours finds, item after item, with what the peer found. The peer adds up in single
 * precision, so scores differ in their last places, and documents whose scores are equal but for
 * those may change places or be cut off.
 */
final class Agreement implements Consumer<ItemMatches.Scored> {
    /** Relative difference of scores that single precision cannot tell apart after some sums. */
    private static final double EQUAL = 1e-6;

    private final Path found;
    private final int topK;
    private Optional<DataInputStream> numbers = Optional.empty();
    private Optional<DataInputStream> scores = Optional.empty();
    private long rows;
    private long shared;
    private long tied;
    private double largest;

    /**
     * @param found written by the peer, when the first item comes
     */
    Agreement(Path found, int topK) {
        this.found = found;
        this.topK = topK;
    }

    /** Compares the next item's documents. */
    @Override
    public void accept(ItemMatches.Scored ours) {
        var numbersRow = row(numbers = Optional.of(numbers.orElseGet(() -> open(found))));
        var scoresRow =
                row(scores = Optional.of(scores.orElseGet(() -> open(Path.of(found + ".scores")))));
        Map<Integer, Double> known = new HashMap<>();
        for (int rank = 0; rank < ours.documents().length; rank++) {
            known.put(ours.documents()[rank], ours.scores()[rank]);
        }
        double last = ours.scores().length == 0 ? 0 : ours.scores()[ours.scores().length - 1];
        for (int rank = 0; rank < topK; rank++) {
            float score = scoresRow.getFloat(rank * Float.BYTES);
            if (score > 0) {
                compare(known.get(numbersRow.getInt(rank * Integer.BYTES)), score, last);
            }
        }
    }

    private void compare(Double ours, float theirs, double last) {
        rows++;
        if (ours != null) {
            shared++;
            largest = Math.max(largest, Math.abs(ours - theirs) / Math.ulp(theirs));
        } else if (Math.abs(last - theirs) <= EQUAL * last) {
            tied++;
        }
    }

    Measurement measurement(String peerName) {
        return new Measurement(
                "match/bm25-ulp",
                largest,
                Optional.empty(),
                peerName,
                "units in the last place of a float",
                Optional.empty(),
                PeakMemory.bytes(),
                Optional.empty(),
                "of %,d rows %,d are the same, %,d tie at the cut, %,d differ"
                        .formatted(rows, shared, tied, rows - shared - tied));
    }

    private ByteBuffer row(Optional<DataInputStream> in) {
        try {
            var row = new byte[topK * Integer.BYTES];
            in.orElseThrow().readFully(row);
            return ByteBuffer.wrap(row).order(ByteOrder.LITTLE_ENDIAN);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static DataInputStream open(Path file) {
        try {
            return new DataInputStream(new BufferedInputStream(Files.newInputStream(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
