package io.retcon.deploy.stack;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * A file of record batches of a broker's partition.
 *
 * @param base the offset at which it begins
 */
record Segment(Path file, long base) {
    private static final Pattern NAME = Pattern.compile("(\\d{20})\\.log");

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

    /**
     * @param visitor is given each batch
     */
    Walk walk(Consumer<Batch> visitor) throws IOException {
        try (var channel = FileChannel.open(file)) {
            long size = channel.size();
            var buffer = ByteBuffer.allocate(BUFFER);
            long start = 0; // of the buffer
            buffer.limit(0);
            long at = 0;
            long end = base;
            while (at < size) {
                if (at + Batch.CONTROL > start + buffer.limit()) {
                    start = at;
                    read(channel, buffer, at);
                }
                int place = (int) (at - start);
                if (buffer.limit() - place < Batch.HEADER || !Batch.isAt(buffer, place)) {
                    return new Walk(at, end, false);
                }
                var batch = Batch.read(buffer, place, at);
                if (batch.base() < end || at + batch.bytes() > size) {
                    return new Walk(at, end, false);
                }
                visitor.accept(batch);
                end = batch.last() + 1;
                at += batch.bytes();
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
