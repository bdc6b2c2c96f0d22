package io.retcon.deploy.stack;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A file of record batches of a broker's partition.
 *
 * @param base the offset at which it begins
 */
record Segment(Path file, long base) {
    private static final Pattern NAME = Pattern.compile("(\\d{20})\\.log");

    /** Where fields of a batch's header lie, of Kafka's message format 2. */
    private static final int LENGTH = 8;

    private static final int AFTER_LENGTH = 12;
    private static final int MAGIC = 16;
    private static final int LAST_DELTA = 23;
    private static final int HEADER = 61;

    /** Small batches are read many at a time, large ones skipped. */
    private static final int BUFFER = 1 << 15;

    Segment {
        requireNonNull(file, "file is null");
    }

    /** Those of a partition's folder, in order. */
    static List<Segment> in(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(file -> NAME.matcher(file.getFileName().toString()).matches())
                    .map(Segment::of)
                    .sorted(Comparator.comparingLong(Segment::base))
                    .toList();
        }
    }

    private static Segment of(Path file) {
        var name = file.getFileName().toString();
        return new Segment(file, Long.parseLong(name.substring(0, name.indexOf('.'))));
    }

    /**
     * How far its batches follow on each other.
     *
     * @param bytes until there
     * @param end the offset that comes next there
     * @param isWhole whether that is the file's end
     */
    record Walk(long bytes, long end, boolean isWhole) {}

    Walk walk() throws IOException {
        try (var channel = FileChannel.open(file)) {
            long size = channel.size();
            var buffer = ByteBuffer.allocate(BUFFER);
            long start = 0; // of the buffer
            buffer.limit(0);
            long at = 0;
            long end = base;
            while (at < size) {
                if (at + HEADER > start + buffer.limit()) {
                    start = at;
                    read(channel, buffer, at);
                }
                int place = (int) (at - start);
                if (buffer.limit() - place < HEADER) {
                    return new Walk(at, end, false);
                }
                long offset = buffer.getLong(place);
                int length = buffer.getInt(place + LENGTH);
                int lastDelta = buffer.getInt(place + LAST_DELTA);
                if (offset < end
                        || length < HEADER - AFTER_LENGTH
                        || at + AFTER_LENGTH + length > size
                        || buffer.get(place + MAGIC) != 2
                        || lastDelta < 0) {
                    return new Walk(at, end, false);
                }
                end = offset + lastDelta + 1;
                at += AFTER_LENGTH + length;
            }
            return new Walk(at, end, true);
        }
    }

    private static void read(FileChannel channel, ByteBuffer buffer, long at) throws IOException {
        buffer.clear();
        int read = 0;
        while (buffer.hasRemaining() && read >= 0) {
            read = channel.read(buffer, at + buffer.position());
        }
        buffer.flip();
    }
}
