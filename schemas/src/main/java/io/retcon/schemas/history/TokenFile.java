package io.retcon.schemas.history;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.record.TokenWidth;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A file of token ids, memory-mapped: NumPy's npy, or headerless (OLMo's memmap). Any number of
 * readers may share it.
 */
public final class TokenFile implements AutoCloseable {
    private final Path path;
    private final Arena arena;
    private final MemorySegment data;
    private final TokenType type;
    private final long[] shape;

    private TokenFile(Path path, Arena arena, MemorySegment data, TokenType type, long[] shape) {
        this.path = path;
        this.arena = arena;
        this.data = data;
        this.type = type;
        this.shape = shape;
    }

    /** An npy file (versions 1 to 3, C order, integers). */
    public static TokenFile openNpy(Path path) {
        var arena = Arena.ofShared();
        try {
            var file = map(path, arena);
            var header = NpyHeader.read(path, file);
            var data = file.asSlice(header.dataOffset());
            return new TokenFile(path, arena, data, header.type(), header.shape());
        } catch (RuntimeException e) {
            arena.close();
            throw e;
        }
    }

    /** Tokens and nothing else. */
    public static TokenFile openHeaderless(Path path, TokenType type) {
        var arena = Arena.ofShared();
        try {
            var data = map(path, arena);
            if (data.byteSize() % type.bytes() != 0) {
                throw new RefusedInput(
                        "%s has %d bytes, no multiple of %d: name the right token type"
                                .formatted(path, data.byteSize(), type.bytes()));
            }
            return new TokenFile(
                    path, arena, data, type, new long[] {data.byteSize() / type.bytes()});
        } catch (RuntimeException e) {
            arena.close();
            throw e;
        }
    }

    private static MemorySegment map(Path path, Arena arena) {
        try (var channel = FileChannel.open(path)) {
            return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
        } catch (IOException e) {
            throw new RefusedInput("token file %s cannot be read".formatted(path), e);
        }
    }

    /** The array's dimensions, outermost first; one for a headerless file. */
    public long[] shape() {
        return shape.clone();
    }

    /** Number of tokens. */
    public long size() {
        return Arrays.stream(shape).reduce(1, Math::multiplyExact);
    }

    public int token(long index) {
        try {
            return type.read(data, index);
        } catch (RefusedInput e) {
            throw new RefusedInput("%s: %s".formatted(path, e.getMessage()), e);
        }
    }

    /** {@code length} tokens from {@code start} on. */
    public int[] tokens(long start, int length) {
        var tokens = new int[length];
        for (int i = 0; i < length; i++) {
            tokens[i] = token(start + i);
        }
        return tokens;
    }

    /**
     * {@code length} tokens from {@code start} on, packed: where the file stores them so, its own
     * bytes, not looked at.
     *
     * @throws RefusedInput for a token that {@code width} does not hold
     */
    public ByteBuffer packed(long start, int length, TokenWidth width) {
        if (type.packs(width)) {
            long from = start * type.bytes();
            return data.asSlice(from, (long) length * type.bytes()).asByteBuffer();
        }
        int[] tokens = tokens(start, length);
        for (int token : tokens) {
            if (width == TokenWidth.U16 && token > Character.MAX_VALUE) {
                throw new RefusedInput(
                        "%s has token %d, which 16 bits do not hold: give the history as uint32"
                                .formatted(path, token));
            }
        }
        return PackedTokens.pack(tokens, width);
    }

    public TokenType type() {
        return type;
    }

    @Override
    public void close() {
        arena.close();
    }
}
