package io.retcon.deploy.stack;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.topic.Topic.CleanUp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a broker keeps beside a segment to find offsets and times in it and to know which
 * transactions were taken back. It believes them after a clean end, so that a reader who looks for
 * a time may begin behind it or find nothing. Without the first of them it makes all anew. Not
 * thread-safe.
 */
final class SegmentIndexes {
    private static final int OFFSET_ENTRY = 8;
    private static final int TIME_ENTRY = 12;
    private static final int ABORT_ENTRY = 34;

    private final Segment segment;
    private final Map<Long, Long> lastBefore = new TreeMap<>(); // position -> the offset before it
    private final TreeMap<Long, Long> latestUntil = new TreeMap<>(); // last offset -> latest time
    private final TreeMap<Long, Long> aborts = new TreeMap<>(); // offset -> producer
    private final ByteBuffer offsets;
    private long last;
    private long latest = -1;

    SegmentIndexes(Segment segment) throws IOException {
        this.segment = requireNonNull(segment, "segment is null");
        this.offsets = entries(".index");
        this.last = segment.base() - 1;
    }

    /** The next batch of the segment. */
    void add(Batch batch) {
        if (offsets.remaining() >= OFFSET_ENTRY
                && offsets.getInt(offsets.position() + Integer.BYTES) == batch.position()) {
            lastBefore.put(batch.position(), last);
            offsets.position(offsets.position() + OFFSET_ENTRY);
        }
        last = batch.last();
        if (batch.latest() > latest) {
            latest = batch.latest();
            latestUntil.put(last, latest);
        }
        if (batch.isAbort()) {
            aborts.put(batch.last(), batch.producer());
        }
    }

    /**
     * Once all batches were added. Where compaction takes records away, it makes times and aborts
     * as it likes, and nobody looks for a time.
     */
    boolean areSound(CleanUp cleanUp) throws IOException {
        return areOffsetsSound()
                && (cleanUp == CleanUp.COMPACT || areTimesSound() && areAbortsSound());
    }

    /** So that the broker makes all of them anew. */
    void forget() throws IOException {
        Files.deleteIfExists(file(".index"));
    }

    private boolean areOffsetsSound() {
        if (offsets.hasRemaining()) {
            return false;
        }
        for (int at = 0; at < offsets.limit(); at += OFFSET_ENTRY) {
            long offset = segment.base() + offsets.getInt(at);
            long before = lastBefore.get((long) offsets.getInt(at + Integer.BYTES));
            if (offset <= before || offset > last) {
                return false;
            }
        }
        return true;
    }

    /** The last entry must be the segment's latest time: by it a broker skips segments. */
    private boolean areTimesSound() throws IOException {
        var times = entries(".timeindex");
        long time = -1;
        while (times.remaining() >= TIME_ENTRY) {
            time = times.getLong();
            long offset = segment.base() + times.getInt();
            var before = latestUntil.lowerEntry(offset);
            if (offset > last || before != null && before.getValue() >= time) {
                return false;
            }
        }
        return !times.hasRemaining() && time == latest;
    }

    private boolean areAbortsSound() throws IOException {
        var noted = entries(".txnindex");
        var seen = new TreeMap<Long, Long>();
        while (noted.remaining() >= ABORT_ENTRY) {
            int at = noted.position();
            long producer = noted.getLong(at + Short.BYTES);
            seen.put(noted.getLong(at + Short.BYTES + 2 * Long.BYTES), producer);
            noted.position(at + ABORT_ENTRY);
        }
        return !noted.hasRemaining() && seen.equals(aborts);
    }

    private ByteBuffer entries(String ending) throws IOException {
        var file = file(ending);
        return ByteBuffer.wrap(Files.exists(file) ? Files.readAllBytes(file) : new byte[0]);
    }

    private Path file(String ending) {
        var name = segment.file().getFileName().toString();
        return segment.file().resolveSibling(name.replaceFirst("\\.log$", ending));
    }
}
