package io.retcon.indexer.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.tokenizer.Tokenizer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Text of tokenizers that spell every token in bytes, as GPT-2's and its heirs do: a table of each
 * token's bytes, put end to end. What the library would show as U+FFFD, because a document ends
 * inside a character, stays the bytes that it is.
 */
final class ByteLevelText implements TokenText {
    private static final Map<Integer, Byte> BYTE_OF = byteOf();
    private static final byte[] NOTHING = new byte[0];

    private final byte[][] tokens;

    private ByteLevelText(byte[][] tokens) {
        this.tokens = tokens;
    }

    /**
     * Empty if the tokenizer.json is of another kind.
     *
     * @throws RefusedInput if it is no gzipped tokenizer.json
     */
    static Optional<ByteLevelText> ofGzip(ByteBuffer gzipped) {
        try {
            return of(new ObjectMapper().readTree(Tokenizer.json(gzipped)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<ByteLevelText> of(JsonNode tokenizer) {
        var vocabulary = tokenizer.path("model").path("vocab");
        if (!tokenizer.path("decoder").path("type").asText().equals("ByteLevel")
                || !vocabulary.isObject()) {
            return Optional.empty();
        }
        Map<Integer, byte[]> spelled = new HashMap<>();
        vocabulary.properties().forEach(e -> spelled.put(e.getValue().asInt(), spell(e.getKey())));
        for (var added : tokenizer.path("added_tokens")) {
            spelled.put(added.path("id").asInt(), spell(added.path("content").asText()));
        }
        int size = spelled.keySet().stream().mapToInt(id -> id + 1).max().orElse(0);
        var tokens = new byte[size][];
        for (int id = 0; id < size; id++) {
            tokens[id] = spelled.getOrDefault(id, NOTHING);
        }
        return Optional.of(new ByteLevelText(tokens));
    }

    @Override
    public byte[] utf8(int[] ids, int from, int to) {
        int length = 0;
        for (int i = from; i < to; i++) {
            length += token(ids[i]).length;
        }
        var text = new byte[length];
        int at = 0;
        for (int i = from; i < to; i++) {
            var token = token(ids[i]);
            System.arraycopy(token, 0, text, at, token.length);
            at += token.length;
        }
        return text;
    }

    /** Ids that no token has are skipped, as the library does. */
    private byte[] token(int id) {
        return id >= 0 && id < tokens.length ? tokens[id] : NOTHING;
    }

    /** A token with a character that stands for no byte (an added one, say) is taken literally. */
    private static byte[] spell(String token) {
        var bytes = new ByteArrayOutputStream();
        for (int codePoint : token.codePoints().toArray()) {
            var known = BYTE_OF.get(codePoint);
            if (known == null) {
                return token.getBytes(StandardCharsets.UTF_8);
            }
            bytes.write(known);
        }
        return bytes.toByteArray();
    }

    /** GPT-2's alphabet: printable Latin-1 stands for itself, all else for U+0100 and up. */
    private static Map<Integer, Byte> byteOf() {
        var byteOf = new HashMap<Integer, Byte>();
        int next = 0x100;
        for (int b = 0; b < 256; b++) {
            boolean printable =
                    b >= '!' && b <= '~' || b >= 0xA1 && b <= 0xAC || b >= 0xAE && b <= 0xFF;
            byteOf.put(printable ? b : next++, (byte) b);
        }
        return byteOf;
    }

    @Override
    public void close() {}
}
