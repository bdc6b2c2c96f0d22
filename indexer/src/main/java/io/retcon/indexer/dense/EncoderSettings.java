package io.retcon.indexer.dense;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.json.Fields;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * What {@code encoder.json} says; only {@code pooling} must be there.
 *
 * @param maximumTokens where texts are cut, special tokens included; 256 unless told
 * @param pooling {@code first}, {@code mean} or {@code pooled}
 * @param output the name of the model's output, where it has several that could be meant
 * @param questionPrefix put before every question, as E5 and BGE want it; empty unless told
 * @param documentPrefix put before every document; empty unless told
 * @param normalize whether vectors are scaled to unit length, which makes the inner product the
 *     cosine; false unless told
 */
public record EncoderSettings(
        int maximumTokens,
        Pooling pooling,
        Optional<String> output,
        String questionPrefix,
        String documentPrefix,
        boolean normalize) {
    public static final String FILE = "encoder.json";

    private static final int DEFAULT_MAXIMUM_TOKENS = 256;
    private static final int LARGEST_MAXIMUM_TOKENS = 1 << 16;
    private static final Set<String> NAMES =
            Set.of(
                    "maximumTokens",
                    "pooling",
                    "output",
                    "questionPrefix",
                    "documentPrefix",
                    "normalize");

    public EncoderSettings {
        if (maximumTokens < 1 || maximumTokens > LARGEST_MAXIMUM_TOKENS) {
            throw new RefusedInput(
                    "maximumTokens is %d: say 1 to %d"
                            .formatted(maximumTokens, LARGEST_MAXIMUM_TOKENS));
        }
        requireNonNull(pooling, "pooling is null");
        requireNonNull(output, "output is null");
        requireNonNull(questionPrefix, "questionPrefix is null");
        requireNonNull(documentPrefix, "documentPrefix is null");
    }

    /**
     * Reads them.
     *
     * @throws RefusedInput naming the file and what is wrong in it
     */
    static EncoderSettings read(Path folder) {
        var file = folder.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            throw new RefusedInput(
                    "%s is not there: an encoder's folder has one, with at least {\"pooling\": \"first\"}"
                            .formatted(file));
        }
        try {
            var tree = new ObjectMapper().readTree(file.toFile());
            if (!tree.isObject()) {
                throw new RefusedInput("it is not a JSON object: write {\"pooling\": \"first\"}");
            }
            return of(tree);
        } catch (IOException e) {
            throw new RefusedInput("%s is not JSON that can be read: mend it".formatted(file), e);
        } catch (RefusedInput e) {
            throw new RefusedInput("%s: %s".formatted(file, e.getMessage()), e);
        }
    }

    private static EncoderSettings of(JsonNode tree) {
        var fields = new Fields(tree);
        tree.fieldNames()
                .forEachRemaining(
                        name -> {
                            if (!NAMES.contains(name)) {
                                throw new RefusedInput(
                                        "'%s' is unknown: say %s"
                                                .formatted(
                                                        name,
                                                        String.join(
                                                                ", ",
                                                                NAMES.stream().sorted().toList())));
                            }
                        });
        var normalize = tree.path("normalize");
        if (!normalize.isMissingNode() && !normalize.isBoolean()) {
            throw new RefusedInput("'normalize' is %s: say true or false".formatted(normalize));
        }
        return new EncoderSettings(
                tree.has("maximumTokens")
                        ? fields.wholeNumber("maximumTokens")
                        : DEFAULT_MAXIMUM_TOKENS,
                Pooling.named(fields.text("pooling")),
                fields.optionalText("output"),
                fields.optionalText("questionPrefix").orElse(""),
                fields.optionalText("documentPrefix").orElse(""),
                normalize.asBoolean());
    }
}
