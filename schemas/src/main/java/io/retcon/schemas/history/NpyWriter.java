package io.retcon.schemas.history;

import io.retcon.schemas.record.TokenWidth;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Writes one step's sequences as NumPy's npy, [sequences][tokens]. Not thread-safe. */
public final class NpyWriter implements AutoCloseable {
    private final FileChannel channel;

    private NpyWriter(FileChannel channel) {
        this.channel = channel;
    }

    /** Begins a file for {@code sequences} times {@code tokens} packed tokens. */
    public static NpyWriter open(Path path, TokenWidth width, int sequences, int tokens) {
        var type = width == TokenWidth.U16 ? TokenType.U16 : TokenType.U32;
        try {
            var writer =
                    new NpyWriter(
                            FileChannel.open(
                                    path,
                                    StandardOpenOption.CREATE,
                                    StandardOpenOption.WRITE,
                                    StandardOpenOption.TRUNCATE_EXISTING));
            writer.put(ByteBuffer.wrap(NpyHeader.write(type, sequences, tokens)));
            return writer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * @param sequences [sequences][tokens], all of one length
     */
    public static void write(Path path, int[][] sequences, TokenWidth width) {
        int tokens = sequences.length == 0 ? 0 : sequences[0].length;
        try (var writer = open(path, width, sequences.length, tokens)) {
            for (var sequence : sequences) {
                writer.put(PackedTokens.pack(sequence, width));
            }
        }
    }

    /** Packed tokens that follow those put before. */
    public void put(ByteBuffer packed) {
        try {
            while (packed.hasRemaining()) {
                channel.write(packed);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
