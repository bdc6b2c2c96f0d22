package io.retcon.indexer.dense;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;

/**
 * Vectors in a temporary file without a name, which the operating system frees when this is closed
 * or the process ends. Written by one thread, then read by any.
 */
public final class SpilledVectors implements Vectors, AutoCloseable {
    private static final int BUFFER = 1 << 20;

    /** Floats at a time. */
    private static final int READ = 1 << 14;

    private final int dimension;
    private final FileChannel channel;
    private final ByteBuffer written;
    private int documents;

    public SpilledVectors(int dimension) {
        this.dimension = dimension;
        this.written = buffer(Math.max(BUFFER, dimension * Float.BYTES));
        try {
            channel =
                    FileChannel.open(
                            Files.createTempFile("retcon-vectors", ".f32"),
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE,
                            StandardOpenOption.DELETE_ON_CLOSE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes the next document's. */
    public void add(float[] vector) {
        if (vector.length != dimension) {
            throw new IllegalArgumentException(
                    "a vector has %d components".formatted(vector.length));
        }
        if (written.remaining() < dimension * Float.BYTES) {
            flush();
        }
        for (float x : vector) {
            written.putFloat(x);
        }
        documents++;
    }

    /** Makes what was added readable. */
    public void flush() {
        try {
            written.flip();
            while (written.hasRemaining()) {
                channel.write(written);
            }
            written.clear();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public int documents() {
        return documents;
    }

    @Override
    public int dimension() {
        return dimension;
    }

    @Override
    public void read(int first, int count, float[] rows) {
        // On the heap: the file's bytes come through a direct buffer that the thread keeps.
        var bytes = ByteBuffer.allocate(READ * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        var floats = bytes.asFloatBuffer();
        long position = (long) first * dimension * Float.BYTES;
        try {
            for (int at = 0; at < count * dimension; at += READ) {
                int length = Math.min(READ, count * dimension - at);
                bytes.clear().limit(length * Float.BYTES);
                while (bytes.hasRemaining()) {
                    int read = channel.read(bytes, position);
                    if (read < 0) {
                        throw new IllegalStateException("read before it was flushed");
                    }
                    position += read;
                }
                floats.get(0, rows, at, length);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocateDirect(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
