package io.retcon.schemas.history;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.record.TokenWidth;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Token ids as packed little-endian bytes, two or four to a token. */
public final class PackedTokens {
    private PackedTokens() {}

    public static TokenWidth widthFor(int vocabulary) {
        return vocabulary <= 1 << 16 ? TokenWidth.U16 : TokenWidth.U32;
    }

    public static int bytesPerToken(TokenWidth width) {
        return width == TokenWidth.U16 ? Short.BYTES : Integer.BYTES;
    }

    /**
     * @throws RefusedInput if a token needs more than 16 bits and the width has no more
     */
    public static ByteBuffer pack(int[] tokens, TokenWidth width) {
        var bytes = ByteBuffer.allocate(tokens.length * bytesPerToken(width));
        bytes.order(ByteOrder.LITTLE_ENDIAN);
        if (width == TokenWidth.U16) {
            for (int token : tokens) {
                if (token >>> Short.SIZE != 0) {
                    throw new RefusedInput(
                            "token %d does not fit into 16 bits, in which the run's history is: import the run again with its own tokenizer and vocabulary"
                                    .formatted(token));
                }
                bytes.putShort((short) token);
            }
        } else {
            for (int token : tokens) {
                bytes.putInt(token);
            }
        }
        return bytes.flip().order(ByteOrder.BIG_ENDIAN);
    }

    /**
     * The tokens of {@code packed} from its position to its limit; the buffer is left as it was.
     */
    public static int[] unpack(ByteBuffer packed, TokenWidth width) {
        var bytes = packed.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        var tokens = new int[bytes.remaining() / bytesPerToken(width)];
        for (int i = 0; i < tokens.length; i++) {
            tokens[i] = width == TokenWidth.U16 ? bytes.getShort() & 0xFFFF : bytes.getInt();
        }
        return tokens;
    }
}
