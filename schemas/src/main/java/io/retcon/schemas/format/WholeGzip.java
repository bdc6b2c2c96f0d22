package io.retcon.schemas.format;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/**
 * A gzip stream of one or more members that is read to the file's end: the library's own stops
 * without a word at a later member whose header is damaged. Not thread-safe.
 */
final class WholeGzip extends GZIPInputStream {
    private static final int BUFFER = 1 << 16;

    /** Checksum and length, which the library leaves in its buffer where no member follows. */
    private static final int TRAILER = 8;

    WholeGzip(InputStream in) throws IOException {
        super(in, BUFFER);
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int read = super.read(target, offset, length);
        if (read < 0) {
            refuseRest();
        }
        return read;
    }

    /** Zeros may pad a file. */
    private void refuseRest() throws IOException {
        int from = len - inf.getRemaining() + TRAILER;
        for (int i = from; i < len; i++) {
            if (buf[i] != 0) {
                throw new IOException("what follows its first gzip members is none");
            }
        }
    }
}
