package io.retcon.schemas.json;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.RefusedInput;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

/**
 * A stream of bytes cut at line feeds, which are dropped. Holds one line, of {@link #LONGEST} bytes
 * at most. Not thread-safe.
 */
final class ByteLines implements AutoCloseable {
    /** Bytes of a line that is read: 64 MiB. */
    static final int LONGEST = 1 << 26;

    private final InputStream in;
    private final byte[] buffer = new byte[1 << 16];
    private int position;
    private int limit;

    ByteLines(InputStream in) {
        this.in = requireNonNull(in, "in is null");
    }

    /**
     * The next line, or empty at the end.
     *
     * @throws RefusedInput if it is too long; it has been passed over, and the next can be read
     */
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
            if (longLine.size() + limit - position > LONGEST) {
                passOver();
                throw new RefusedInput(
                        "has more than %,d bytes: a line holds one document or item, so split it"
                                .formatted(LONGEST));
            }
            longLine.write(buffer, position, limit - position);
            position = limit;
        }
    }

    /** To behind the next line feed. */
    private void passOver() throws IOException {
        while (limit > 0) {
            for (int i = position; i < limit; i++) {
                if (buffer[i] == '\n') {
                    position = i + 1;
                    return;
                }
            }
            position = 0;
            limit = in.read(buffer);
        }
        position = 0;
        limit = 0;
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
