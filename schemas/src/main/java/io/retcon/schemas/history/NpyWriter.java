package io.retcon.schemas.history;

import io.retcon.schemas.record.TokenWidth;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Writes one step's sequences as NumPy's npy. */
public final class NpyWriter {
    private NpyWriter() {}

    /**
     * @param sequences [sequences][tokens], all of one length
     */
    public static void write(Path path, int[][] sequences, TokenWidth width) {
        var type = width == TokenWidth.U16 ? TokenType.U16 : TokenType.U32;
        long tokens = sequences.length == 0 ? 0 : sequences[0].length;
        try (var channel =
                FileChannel.open(
                        path,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.TRUNCATE_EXISTING)) {
            writeAll(channel, ByteBuffer.wrap(NpyHeader.write(type, sequences.length, tokens)));
            for (var sequence : sequences) {
                writeAll(channel, PackedTokens.pack(sequence, width));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void writeAll(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}
