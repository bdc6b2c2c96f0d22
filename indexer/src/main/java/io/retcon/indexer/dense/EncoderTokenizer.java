package io.retcon.indexer.dense;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.tokenizer.Outcome;
import io.retcon.schemas.tokenizer.Tokenizer;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Texts to the token ids that an encoder reads: with special tokens, cut, never padded; in the
 * tokenizer's own process, see {@link Tokenizer}. Thread-safe.
 */
final class EncoderTokenizer implements AutoCloseable {
    private final Tokenizer tokenizer;

    /**
     * @throws RefusedInput if there is no such file, or no tokenizer in it
     */
    EncoderTokenizer(Path file, int maximumTokens) {
        if (!Files.isRegularFile(file)) {
            throw new RefusedInput(
                    "%s is not there: put the encoder's tokenizer.json into its folder"
                            .formatted(file));
        }
        tokenizer = Tokenizer.ofModelsFile(file, maximumTokens);
        try {
            checkRoom(file, maximumTokens);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private void checkRoom(Path file, int maximumTokens) {
        int special = tokenizer.encode("").length;
        if (special >= maximumTokens) {
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
     * The ids of each text; none if the tokenizer adds no special tokens and finds no others.
     *
     * @param texts characters that Unicode does not have (lone surrogates) are replaced
     */
    List<Outcome<long[]>> ids(List<String> texts) {
        return tokenizer.encode(texts).stream()
                .map(tokens -> tokens.map(ids -> Arrays.stream(ids).asLongStream().toArray()))
                .toList();
    }

    @Override
    public void close() {
        tokenizer.close();
    }
}
