package io.retcon.indexer.dense;

import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;

/**
 * An encoder's folder with tiny models: a token's vector is a random row times a random matrix, and
 * a text's the mean of its tokens'. And the same again, slowly, for comparison.
 */
public final class TestingEncoder {
    static final List<String> WORDS =
            List.of("paris", "france", "rome", "italy", "capital", "river", "é", "日本", "x");

    private static final List<String> SPECIAL = List.of("[CLS]", "[SEP]", "[UNK]");
    private static final int TOKENS = SPECIAL.size() + WORDS.size();
    private static final Pattern PIECE =
            Pattern.compile("\\w+|[^\\w\\s]+", Pattern.UNICODE_CHARACTER_CLASS);

    final Path folder;
    final int dimension;
    private final float[][] table;
    private final float[][] matrix;

    private TestingEncoder(Path folder, int dimension, long seed, int tokens) {
        var random = new Random(seed);
        this.folder = folder;
        this.dimension = dimension;
        table = random(random, tokens, dimension);
        matrix = random(random, dimension, dimension);
    }

    /** Writes one whose model answers with [batch, tokens, dimension], to be pooled by the mean. */
    public static TestingEncoder in(Path folder, int dimension) {
        var encoder = new TestingEncoder(folder, dimension, 1, TOKENS);
        encoder.write("encoder.json", "{\"pooling\": \"mean\"}");
        encoder.write("tokenizer.json", tokenizer());
        encoder.write("question.onnx", encoder.tokens().toBytes());
        return encoder;
    }

    /** Takes this seed's models for documents; what the twin says is of documents then. */
    TestingEncoder withDocuments(int documentDimension, long seed) {
        var other = new TestingEncoder(folder, documentDimension, seed, TOKENS);
        write("document.onnx", other.tokens().toBytes());
        return other;
    }

    /** A model for a tokenizer of this many tokens. */
    static byte[] withTokens(Path folder, int tokens, int dimension) {
        return new TestingEncoder(folder, dimension, 1, tokens).tokens().toBytes();
    }

    TestingOnnx inputs() {
        return new TestingOnnx()
                .input("input_ids", TestingOnnx.INT64, -1, -1)
                .input("attention_mask", TestingOnnx.INT64, -1, -1);
    }

    /** With an output of three dimensions. */
    TestingOnnx tokens() {
        return hidden(inputs()).output("last_hidden_state", TestingOnnx.FLOAT, -1, -1, dimension);
    }

    /** With an output of two dimensions. */
    TestingOnnx pooled() {
        return hidden(inputs())
                .meanOfTokens("last_hidden_state", "pooler_output")
                .output("pooler_output", TestingOnnx.FLOAT, -1, dimension);
    }

    TestingOnnx hidden(TestingOnnx begun) {
        return begun.tensor("table", table)
                .tensor("matrix", matrix)
                .gather("table", "input_ids", "rows")
                .matMul("rows", "matrix", "last_hidden_state");
    }

    TestingEncoder write(String file, String content) {
        return write(file, content.getBytes(StandardCharsets.UTF_8));
    }

    TestingEncoder write(String file, byte[] content) {
        try {
            Files.createDirectories(folder);
            Files.write(folder.resolve(file), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** The vector of a text of this many tokens at most, the special ones with it. */
    double[] slowly(String text, int maximumTokens) {
        int[] words =
                PIECE.matcher(text)
                        .results()
                        .limit(maximumTokens - 2)
                        .mapToInt(word -> id(word.group()))
                        .toArray();
        int[] ids = new int[words.length + 2];
        System.arraycopy(words, 0, ids, 1, words.length);
        ids[ids.length - 1] = 1;
        var vector = new double[dimension];
        for (int id : ids) {
            var token = token(id);
            for (int d = 0; d < dimension; d++) {
                vector[d] += token[d] / ids.length;
            }
        }
        return vector;
    }

    /** The vector of one token. */
    double[] token(int id) {
        var vector = new double[dimension];
        for (int d = 0; d < dimension; d++) {
            for (int e = 0; e < dimension; e++) {
                vector[d] += (double) table[id][e] * matrix[e][d];
            }
        }
        return vector;
    }

    private static int id(String word) {
        int at = WORDS.indexOf(word);
        return at < 0 ? 2 : SPECIAL.size() + at;
    }

    /** A tokenizer of whole words that puts [CLS] before a text and [SEP] after it. */
    static String tokenizer() {
        return tokenizer(
                Map.of(
                        "type",
                        "TemplateProcessing",
                        "single",
                        List.of(special("[CLS]"), text(), special("[SEP]")),
                        "pair",
                        List.of(special("[CLS]"), text(), special("[SEP]")),
                        "special_tokens",
                        Map.of("[CLS]", named("[CLS]", 0), "[SEP]", named("[SEP]", 1))));
    }

    /**
     * @param ending what is done to the ids at last, or an empty map
     */
    static String tokenizer(Map<String, ?> ending) {
        var vocabulary = new LinkedHashMap<String, Integer>();
        SPECIAL.forEach(word -> vocabulary.put(word, vocabulary.size()));
        WORDS.forEach(word -> vocabulary.put(word, vocabulary.size()));
        var tree = new LinkedHashMap<String, Object>();
        tree.put("version", "1.0");
        tree.put("truncation", null);
        // As many published ones have it; it must not matter.
        tree.put(
                "padding",
                Map.of(
                        "strategy",
                        Map.of("Fixed", 12),
                        "direction",
                        "Right",
                        "pad_to_multiple_of",
                        8,
                        "pad_id",
                        2,
                        "pad_type_id",
                        0,
                        "pad_token",
                        "[UNK]"));
        tree.put("added_tokens", List.of());
        tree.put("normalizer", null);
        tree.put("pre_tokenizer", Map.of("type", "Whitespace"));
        tree.put("post_processor", ending.isEmpty() ? null : ending);
        tree.put("decoder", null);
        tree.put("model", Map.of("type", "WordLevel", "vocab", vocabulary, "unk_token", "[UNK]"));
        try {
            return new ObjectMapper().writeValueAsString(tree);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, ?> special(String token) {
        return Map.of("SpecialToken", Map.of("id", token, "type_id", 0));
    }

    private static Map<String, ?> text() {
        return Map.of("Sequence", Map.of("id", "A", "type_id", 0));
    }

    private static Map<String, ?> named(String token, int id) {
        return Map.of("id", token, "ids", List.of(id), "tokens", List.of(token));
    }

    private static float[][] random(Random random, int rows, int columns) {
        var matrix = new float[rows][columns];
        for (var row : matrix) {
            for (int column = 0; column < columns; column++) {
                row[column] = random.nextFloat() - 0.5f;
            }
        }
        return matrix;
    }
}
