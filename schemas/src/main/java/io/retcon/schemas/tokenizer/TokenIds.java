package io.retcon.schemas.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;

import io.retcon.schemas.RefusedInput;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * The ids that the library gives to a tokenizer's pieces and added tokens.
 *
 * @param vocabulary one more than the largest
 * @param eos the token that ends a document, where one has a usual name
 * @param unknown the token of what has none, where there is one
 */
record TokenIds(int vocabulary, OptionalInt eos, OptionalInt unknown) {
    private static final List<String> EOS_NAMES =
            List.of("<|endoftext|>", "</s>", "<eos>", "<|end_of_text|>", "[EOS]");

    /** Ids beyond it need no tokenizer that there is, and memory for tables that there isn't. */
    private static final int LARGEST = 1 << 24;

    /**
     * @throws RefusedInput if an id is none or two tokens', or an added token's is not the one that
     *     the library gives it
     */
    static TokenIds of(JsonNode tree, String origin) {
        var ids = pieces(tree.path("model").path("vocab"), origin);
        int pieces = tree.path("model").path("vocab").size();
        int lastAdded = -1;
        for (var added : tree.path("added_tokens")) {
            var content = added.path("content").asText();
            if (content.isEmpty()) {
                continue;
            }
            int said = id(added.path("id"), content, origin);
            int given = ids.getOrDefault(content, lastAdded >= pieces ? lastAdded + 1 : pieces);
            if (given != said) {
                throw new RefusedInput(
                        "%s gives the added token '%s' the id %,d, but the tokenizers library %,d (a piece of that name has it, or added tokens are numbered on from the last): save the file again with the library"
                                .formatted(origin, content, said, given));
            }
            ids.put(content, given);
            lastAdded = Math.max(lastAdded, given);
        }
        requireDistinct(ids, origin);
        int largest = ids.values().stream().mapToInt(Integer::intValue).max().orElse(-1);
        var eos = EOS_NAMES.stream().filter(ids::containsKey).mapToInt(ids::get).findFirst();
        return new TokenIds(largest + 1, eos, unknown(tree.path("model"), ids));
    }

    /** The library would decode one of two tokens as the other. */
    private static void requireDistinct(Map<String, Integer> ids, String origin) {
        var tokens = new HashMap<Integer, String>();
        ids.forEach(
                (token, id) -> {
                    var other = tokens.put(id, token);
                    if (other != null) {
                        throw new RefusedInput(
                                "%s gives the tokens '%s' and '%s' the same id %,d: give each its own, or save the file again with the library"
                                        .formatted(origin, other, token, id));
                    }
                });
    }

    /** By its number in a Unigram model, by its name in the others. */
    private static OptionalInt unknown(JsonNode model, Map<String, Integer> ids) {
        if (model.path("unk_id").isInt()) {
            return OptionalInt.of(model.path("unk_id").intValue());
        }
        var id = ids.get(model.path("unk_token").asText());
        return id == null ? OptionalInt.empty() : OptionalInt.of(id);
    }

    /** BPE, WordPiece and WordLevel have an object of ids; Unigram an array, in the ids' order. */
    private static Map<String, Integer> pieces(JsonNode vocabulary, String origin) {
        var ids = new HashMap<String, Integer>();
        if (vocabulary.isArray()) {
            int id = 0;
            for (var piece : vocabulary) {
                ids.put(piece.path(0).asText(), id++);
            }
        }
        vocabulary
                .properties()
                .forEach(e -> ids.put(e.getKey(), id(e.getValue(), e.getKey(), origin)));
        return ids;
    }

    private static int id(JsonNode id, String token, String origin) {
        if (!id.isInt() || id.intValue() < 0 || id.intValue() > LARGEST) {
            throw new RefusedInput(
                    "%s gives the token '%s' the id %s: ids are whole numbers from 0 to %,d"
                            .formatted(origin, token, id, LARGEST));
        }
        return id.intValue();
    }
}
