package io.retcon.schemas.history;

import static java.util.Objects.requireNonNull;

import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * Headerless bytes as tokens of each width. Where a wider one gives ids of the vocabulary alone, a
 * narrower one is wrong: its every second token would be zero, or nearly so. Decided by the first
 * {@link #LOOKED_AT} bytes.
 *
 * @param data the file's bytes
 * @param vocabulary number of token ids
 */
record TokenWidths(MemorySegment data, int vocabulary) {
    private static final long LOOKED_AT = 1 << 20;

    /** Fewer tokens are too few to say that they are of another width. */
    private static final int FEWEST = 16;

    private static final TokenType[] WIDEST_FIRST = {
        TokenType.U64, TokenType.U32, TokenType.U16, TokenType.U8
    };

    TokenWidths {
        requireNonNull(data, "data is null");
    }

    /** The type whose tokens these bytes can only be; empty where nothing can be said. */
    Optional<TokenType> likely() {
        for (var type : WIDEST_FIRST) {
            if (!couldHold(type)) {
                continue;
            }
            long fitting = fitting(type);
            if (fitting == tokens(type)) {
                return isAllZero() ? Optional.empty() : Optional.of(type);
            }
            if (fitting > tokens(type) / 2) {
                // These tokens, a few of them wrong.
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    private boolean couldHold(TokenType type) {
        return data.byteSize() % type.bytes() == 0
                && tokens(type) >= FEWEST
                && vocabulary <= 1L << Math.min(Integer.SIZE, Byte.SIZE * type.bytes());
    }

    private long fitting(TokenType type) {
        long fitting = 0;
        for (long i = 0; i < tokens(type); i++) {
            if (type.isToken(data, i, vocabulary)) {
                fitting++;
            }
        }
        return fitting;
    }

    private long tokens(TokenType type) {
        return Math.min(data.byteSize(), LOOKED_AT) / type.bytes();
    }

    private boolean isAllZero() {
        long looked = Math.min(data.byteSize(), LOOKED_AT);
        var zeros = MemorySegment.ofArray(new byte[(int) looked]);
        return data.asSlice(0, looked).mismatch(zeros) < 0;
    }
}
