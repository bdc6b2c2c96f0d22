package io.retcon.schemas.tokenizer;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.Sha256;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * A Hugging Face tokenizer.json: text to token ids and back, without special tokens added.
 * Thread-safe.
 */
public final class Tokenizer implements AutoCloseable {
    private static final List<String> EOS_NAMES =
            List.of("<|endoftext|>", "</s>", "<eos>", "<|end_of_text|>", "[EOS]");

    static {
        // The library would otherwise report its use to its makers and look for newer versions.
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("OPT_OUT_TRACKING", "true");
    }

    private final HuggingFaceTokenizer tokenizer;
    private final byte[] json;
    private final JsonNode tree;
    private final int vocabulary;

    private Tokenizer(byte[] json, String origin) {
        this.json = json;
        try {
            this.tree = new ObjectMapper().readTree(json);
            this.tokenizer =
                    HuggingFaceTokenizer.newInstance(
                            new ByteArrayInputStream(json),
                            Map.of(
                                    "addSpecialTokens", "false",
                                    "truncation", "false",
                                    "padding", "false"));
        } catch (IOException | RuntimeException e) {
            throw new RefusedInput(
                    "%s is not a tokenizer.json that can be read: %s"
                            .formatted(origin, e.getMessage()),
                    e);
        }
        this.vocabulary = largestId(tree) + 1;
    }

    public static Tokenizer ofFile(Path file) {
        try {
            return new Tokenizer(Files.readAllBytes(file), file.toString());
        } catch (IOException e) {
            throw new RefusedInput("tokenizer %s cannot be read".formatted(file), e);
        }
    }

    /** The inverse of {@link #gzip}. */
    public static Tokenizer ofGzip(ByteBuffer gzipped) {
        var bytes = new byte[gzipped.remaining()];
        gzipped.duplicate().get(bytes);
        try (var in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return new Tokenizer(in.readAllBytes(), "the manifest's tokenizer");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The tokenizer.json, gzipped. */
    public ByteBuffer gzip() {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return ByteBuffer.wrap(out.toByteArray());
    }

    public String sha256() {
        return Sha256.of(json);
    }

    public int[] encode(String text) {
        return toInts(tokenizer.encode(text, false, false).getIds());
    }

    public String decode(int[] tokens) {
        return tokenizer.decode(Arrays.stream(tokens).asLongStream().toArray(), false);
    }

    /** One more than the largest token id. */
    public int vocabulary() {
        return vocabulary;
    }

    private static int largestId(JsonNode tree) {
        int largest = -1;
        for (var id : tree.path("model").path("vocab")) {
            largest = Math.max(largest, id.isArray() ? -1 : id.asInt());
        }
        for (var added : tree.path("added_tokens")) {
            largest = Math.max(largest, added.path("id").asInt());
        }
        return largest;
    }

    /**
     * The id of the token that ends a document, where the tokenizer has one of the usual names for
     * it.
     */
    public OptionalInt eos() {
        return EOS_NAMES.stream()
                .map(this::idOf)
                .flatMap(Optional::stream)
                .mapToInt(Integer::intValue)
                .findFirst();
    }

    private Optional<Integer> idOf(String token) {
        for (var added : tree.path("added_tokens")) {
            if (added.path("content").asText().equals(token)) {
                return Optional.of(added.path("id").asInt());
            }
        }
        var id = tree.path("model").path("vocab").path(token);
        return id.isInt() ? Optional.of(id.asInt()) : Optional.empty();
    }

    private static int[] toInts(long[] ids) {
        return Arrays.stream(ids).mapToInt(Math::toIntExact).toArray();
    }

    @Override
    public void close() {
        tokenizer.close();
    }
}
