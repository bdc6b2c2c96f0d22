package io.retcon.schemas.tokenizer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.retcon.schemas.RefusedInput;

import java.io.IOException;
import java.util.List;

/**
 * A tokenizer.json as the library will be given it: without settings that draw or pad, cutting
 * texts only where it is asked to, and with what the library will make of its ids.
 *
 * @param json UTF-8
 * @param plain whether it is of the kind that {@link PlainWords} describes
 * @param verbatim whether every text comes back from its tokens as it was
 */
record TokenizerFile(byte[] json, TokenIds ids, boolean plain, boolean verbatim) {
    /** The largest published ones have 40 MB. */
    static final int MOST_BYTES = 64 << 20;

    private static final int MOST_VALUES = 10_000_000;
    private static final ObjectMapper JSON =
            new ObjectMapper(
                    JsonFactory.builder()
                            .streamReadConstraints(
                                    StreamReadConstraints.builder()
                                            .maxTokenCount(MOST_VALUES)
                                            .build())
                            .build());

    /** The first byte of the mark, at which the library stops. */
    private static final byte BYTE_ORDER_MARK = (byte) 0xEF;

    /** What would make equal texts unequal tokens, or tokens that no text has. */
    private static final String TRUNCATION = "truncation";

    private static final List<String> CUTTING = List.of(TRUNCATION, "padding");

    private static final List<String> DRAWING = List.of("dropout", "nbest_size", "alpha");

    /**
     * @param origin what messages call it
     * @throws RefusedInput if it is no tokenizer.json, is too large, or contradicts itself
     */
    static TokenizerFile of(byte[] json, String origin, Framing framing) {
        if (json.length > MOST_BYTES) {
            throw tooLarge(origin);
        }
        try {
            if (!(JSON.readTree(json) instanceof ObjectNode tree)
                    || !(tree.path("model") instanceof ObjectNode model)) {
                throw new RefusedInput(
                        "%s is not a tokenizer.json: it has no 'model'; give the file that the tokenizers library saves"
                                .formatted(origin));
            }
            boolean changed =
                    cleared(tree, CUTTING)
                            | cleared(model, DRAWING)
                            | isCutAsTold(tree, framing)
                            | json[0] == BYTE_ORDER_MARK;
            return new TokenizerFile(
                    changed ? JSON.writeValueAsBytes(tree) : json,
                    TokenIds.of(tree, origin),
                    framing.equals(Framing.NONE) && PlainWords.describe(tree),
                    isVerbatim(tree));
        } catch (JsonParseException e) {
            var place = e.getLocation();
            throw new RefusedInput(
                    "%s is not JSON from line %d, column %d on: give tokenizer.json whole, as the tokenizers library saves it"
                            .formatted(origin, place.getLineNr(), place.getColumnNr()),
                    e);
        } catch (JsonProcessingException e) {
            throw LibraryTokenizer.unreadable(origin, e.getOriginalMessage());
        } catch (IOException e) {
            throw LibraryTokenizer.unreadable(origin, e.getMessage());
        }
    }

    /** Bytes all through, nothing normalized or put before. */
    private static boolean isVerbatim(JsonNode tree) {
        return tree.path("decoder").path("type").asText().equals("ByteLevel")
                && (tree.path("normalizer").isMissingNode() || tree.path("normalizer").isNull())
                && tree.findValues("add_prefix_space").stream().noneMatch(JsonNode::asBoolean);
    }

    static RefusedInput tooLarge(String origin) {
        return new RefusedInput(
                "%s has more than %,d bytes: give a tokenizer.json, which has fewer"
                        .formatted(origin, MOST_BYTES));
    }

    private static boolean isCutAsTold(ObjectNode tree, Framing framing) {
        framing.most()
                .ifPresent(
                        most ->
                                tree.putObject(TRUNCATION)
                                        .put("direction", "Right")
                                        .put("max_length", most)
                                        .put("strategy", "LongestFirst")
                                        .put("stride", 0));
        return framing.most().isPresent();
    }

    private static boolean cleared(ObjectNode object, List<String> settings) {
        boolean changed = false;
        for (var setting : settings) {
            JsonNode said = object.path(setting);
            if (!said.isMissingNode() && !said.isNull()) {
                object.putNull(setting);
                changed = true;
            }
        }
        return changed;
    }
}
