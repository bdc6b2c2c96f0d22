package io.retcon.schemas.history;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.record.TokenWidth;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How a token file stores one token; always little-endian. */
public enum TokenType {
    U8(1, "|u1"),
    U16(2, "<u2"),
    I32(4, "<i4"),
    U32(4, "<u4"),
    I64(8, "<i8"),
    U64(8, "<u8");

    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT =
            ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final int bytes;
    private final String numpyName;

    TokenType(int bytes, String numpyName) {
        this.bytes = bytes;
        this.numpyName = numpyName;
    }

    /** By NumPy's name ({@code <u4}) or a plain one ({@code u32}). */
    public static Optional<TokenType> find(String name) {
        return Arrays.stream(values())
                .filter(type -> name.equals(type.numpyName) || name.equalsIgnoreCase(type.name()))
                .findFirst();
    }

    public int bytes() {
        return bytes;
    }

    public String numpyName() {
        return numpyName;
    }

    /** The narrowest packing that holds every token of this type. */
    public TokenWidth width() {
        return this == U8 || this == U16 ? TokenWidth.U16 : TokenWidth.U32;
    }

    /** Whether a file's bytes are the packed tokens. */
    boolean packs(TokenWidth width) {
        return bytes == PackedTokens.bytesPerToken(width);
    }

    /** The {@code index}-th token of {@code data}. */
    int read(MemorySegment data, long index) {
        long token = raw(data, index);
        if (token < 0 || token > Integer.MAX_VALUE) {
            throw new RefusedInput(
                    "%d at index %,d (byte %,d of the tokens) is no token id: give the right token type, or other tokens"
                            .formatted(token, index, index * bytes));
        }
        return (int) token;
    }

    /** Whether the {@code index}-th number is an id of a vocabulary of that size. */
    boolean isToken(MemorySegment data, long index, int vocabulary) {
        long token = raw(data, index);
        return token >= 0 && token < vocabulary;
    }

    private long raw(MemorySegment data, long index) {
        long offset = index * bytes;
        return switch (this) {
            case U8 -> data.get(ValueLayout.JAVA_BYTE, offset) & 0xFF;
            case U16 -> data.get(SHORT, offset) & 0xFFFF;
            case I32 -> data.get(INT, offset);
            case U32 -> data.get(INT, offset) & 0xFFFFFFFFL;
            case I64, U64 -> data.get(LONG, offset);
        };
    }

    /** As it is given on a command line. */
    public String optionName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
