package io.retcon.schemas.json;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

/** A stream of bytes cut at line feeds, which are dropped. Not thread-safe. */
final class ByteLines implements AutoCloseable {
    /** Bytes of a line: whatever a compressed file comes to, no more of it is kept at once. */
    static final int LONGEST = 1 << 28;

    private final InputStream in;
    private final byte[] buffer = new byte[1 << 16];
    private int position;
    private int limit;

    ByteLines(InputStream in) {
        this.in = requireNonNull(in, "in is null");
    }

    /** The next line, or empty at the end. */
    Optional<byte[]> next() throws IOException {
        var longLine = new ByteArrayOutputStream(0);
        while (true) {
            if (position == limit) {
                position = 0;
                limit = in.read(buffer);
                if (limit <= 0) {
                    limit = 0;
                    return longLine.size() == 0
                            ? Optional.empty()
                            : Optional.of(longLine.toByteArray());
                }
            }
            int end = position;
            while (end < limit && buffer[end] != '\n') {
                end++;
            }
            if (end < limit) {
                var line = lineTo(end, longLine);
                position = end + 1;
                return Optional.of(line);
            }
            longLine.write(buffer, position, limit - position);
            if (longLine.size() > LONGEST) {
                throw new IOException(
                        "a line is longer than %,d bytes: write an object a line"
                                .formatted(LONGEST));
            }
            position = limit;
        }
    }

    private byte[] lineTo(int end, ByteArrayOutputStream begun) {
        if (begun.size() == 0) {
            return Arrays.copyOfRange(buffer, position, end);
        }
        begun.write(buffer, position, end - position);
        return begun.toByteArray();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
