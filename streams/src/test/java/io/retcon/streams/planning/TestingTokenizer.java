package io.retcon.streams.planning;

import io.retcon.schemas.tokenizer.Tokenizer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;

/** A tokenizer of words: token 17 is the word w00017. Token 0 ends a document. */
public final class TestingTokenizer {
    private static final int WORDS = 20_000;
    private static final Tokenizer TOKENIZER = made();

    private TestingTokenizer() {}

    public static Tokenizer words() {
        return TOKENIZER;
    }

    public static String word(int token) {
        return "w%05d".formatted(token);
    }

    private static Tokenizer made() {
        var vocabulary = new StringBuilder("\"<|endoftext|>\":0");
        for (int token = 1; token < WORDS; token++) {
            vocabulary.append(",\"%s\":%d".formatted(word(token), token));
        }
        var json =
                """
                {"version":"1.0","truncation":null,"padding":null,"normalizer":null,
                 "added_tokens":[{"id":0,"content":"<|endoftext|>","single_word":false,
                   "lstrip":false,"rstrip":false,"normalized":false,"special":true}],
                 "pre_tokenizer":{"type":"WhitespaceSplit"},"post_processor":null,"decoder":null,
                 "model":{"type":"WordLevel","vocab":{%s},"unk_token":"<|endoftext|>"}}
                """
                        .formatted(vocabulary);
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(json.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Tokenizer.ofGzip(ByteBuffer.wrap(bytes.toByteArray()));
    }
}
