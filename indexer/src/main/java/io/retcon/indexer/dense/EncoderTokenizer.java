package io.retcon.indexer.dense;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;

import io.retcon.schemas.RefusedInput;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Text to the token ids that an encoder reads: with special tokens, cut, never padded. Thread-safe.
 */
final class EncoderTokenizer implements AutoCloseable {
    static {
        // The library would otherwise report its use to its makers and look for newer versions.
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("OPT_OUT_TRACKING", "true");
    }

    private final HuggingFaceTokenizer tokenizer;
    private final Path file;

    /**
     * @throws RefusedInput if there is no such file, or no tokenizer in it
     */
    EncoderTokenizer(Path file, int maximumTokens) {
        this.file = file;
        if (!Files.isRegularFile(file)) {
            throw new RefusedInput(
                    "%s is not there: put the encoder's tokenizer.json into its folder"
                            .formatted(file));
        }
        try (InputStream in = Files.newInputStream(file)) {
            tokenizer =
                    HuggingFaceTokenizer.newInstance(
                            in,
                            Map.of(
                                    "addSpecialTokens", "true",
                                    "truncation", "true",
                                    "maxLength", Integer.toString(maximumTokens),
                                    "modelMaxLength", Integer.toString(maximumTokens),
                                    "padding", "false"));
        } catch (IOException | RuntimeException e) {
            throw new RefusedInput(
                    "%s is not a tokenizer.json that can be read: %s"
                            .formatted(file, e.getMessage()),
                    e);
        }
        int special = ids("").length;
        if (special >= maximumTokens) {
            close();
            throw new RefusedInput(
                    "%s adds %d special tokens, which leaves no room in maximumTokens %d: say %d or more in %s"
                            .formatted(
                                    file,
                                    special,
                                    maximumTokens,
                                    special + 1,
                                    EncoderSettings.FILE));
        }
    }

    /**
     * The ids; none if the tokenizer adds no special tokens and finds no others.
     *
     * @param text characters that Unicode does not have (lone surrogates) are replaced
     */
    long[] ids(String text) {
        var clean = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        try {
            return tokenizer.encode(clean, true, false).getIds();
        } catch (RuntimeException e) {
            throw new RefusedInput(
                    "%s cannot cut a text into tokens (%s): give the encoder's own"
                            .formatted(file, e.getMessage()),
                    e);
        }
    }

    @Override
    public void close() {
        tokenizer.close();
    }
}
