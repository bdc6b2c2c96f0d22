package io.retcon.schemas.history;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.format.FileKind;
import io.retcon.schemas.format.FirstBytes;
import io.retcon.schemas.record.TokenWidth;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.BiFunction;

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

    /**
     * An npy file (versions 1 to 3, C order, integers), whatever its name.
     *
     * @throws RefusedInput if it is none, saying what it is
     */
    public static TokenFile openNpy(Path path) {
        var kind = FirstBytes.of(path).kind();
        switch (kind) {
            case NPY -> {}
            case EMPTY, JSON, JSON_ARRAY, TEXT, UNKNOWN ->
                    throw new RefusedInput(
                            "%s has no NumPy header, it %s: give an array of token ids as numpy.save writes it"
                                    .formatted(path, kind.what()));
            default -> throw kind.refusal(path, "a NumPy array of token ids");
        }
        return mapped(path, (arena, file) -> npy(path, arena, file));
    }

    /**
     * Tokens and nothing else, whatever the file's name.
     *
     * @throws RefusedInput if its first bytes are those of another kind of file
     */
    public static TokenFile openHeaderless(Path path, TokenType type) {
        refuseOther(path, type);
        return mapped(
                path,
                (arena, data) -> {
                    if (data.byteSize() % type.bytes() != 0) {
                        throw new RefusedInput(
                                "%s has %d bytes, no multiple of %d: name the right token type"
                                        .formatted(path, data.byteSize(), type.bytes()));
                    }
                    long[] shape = {data.byteSize() / type.bytes()};
                    return new TokenFile(path, arena, data, type, shape);
                });
    }

    /**
     * A token file of either kind, told by its first bytes.
     *
     * @param headerless how a file without a header stores a token, where that is known
     * @param vocabulary number of token ids
     * @throws RefusedInput if it is another kind of file, or its bytes are surely no tokens of that
     *     type, naming the likely one
     */
    public static TokenFile open(Path path, Optional<TokenType> headerless, int vocabulary) {
        if (FirstBytes.of(path).kind() == FileKind.NPY) {
            return openNpy(path);
        }
        refuseOther(path, headerless.orElse(TokenType.U16));
        var likely = likely(path, vocabulary);
        var type =
                headerless.orElseThrow(
                        () ->
                                new RefusedInput(
                                        "%s has no header that says how it stores tokens: give --token-type%s"
                                                .formatted(
                                                        path,
                                                        likely.map(
                                                                        t ->
                                                                                " "
                                                                                        + t
                                                                                                .optionName()
                                                                                        + ", which"
                                                                                        + " its bytes"
                                                                                        + " look"
                                                                                        + " like")
                                                                .orElse(" u16 or u32"))));
        if (likely.isPresent() && likely.get().bytes() != type.bytes()) {
            throw new RefusedInput(
                    "%s does not hold %s tokens of a vocabulary of %,d from its byte 0 on, its bytes are %s: give --token-type %s"
                            .formatted(
                                    path,
                                    type.optionName(),
                                    vocabulary,
                                    likely.get().optionName(),
                                    likely.get().optionName()));
        }
        return openHeaderless(path, type);
    }

    private static Optional<TokenType> likely(Path path, int vocabulary) {
        try (var arena = Arena.ofConfined()) {
            return new TokenWidths(map(path, arena), vocabulary).likely();
        }
    }

    /** Text may be the tokens of a vocabulary of bytes, and of no other. */
    private static void refuseOther(Path path, TokenType type) {
        var kind = FirstBytes.of(path).kind();
        boolean bytes = type == TokenType.U8 && kind == FileKind.TEXT;
        if (kind != FileKind.UNKNOWN && kind != FileKind.EMPTY && !bytes) {
            throw kind.refusal(path, "token ids (its first bytes, from 0 on, say so)");
        }
    }

    private static TokenFile npy(Path path, Arena arena, MemorySegment file) {
        var header = NpyHeader.read(path, file);
        var data = file.asSlice(header.dataOffset());
        return new TokenFile(path, arena, data, header.type(), header.shape());
    }

    private static TokenFile mapped(Path path, BiFunction<Arena, MemorySegment, TokenFile> file) {
        var arena = Arena.ofShared();
        try {
            return file.apply(arena, map(path, arena));
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

    public Path path() {
        return path;
    }

    public TokenType type() {
        return type;
    }

    @Override
    public void close() {
        arena.close();
    }
}
