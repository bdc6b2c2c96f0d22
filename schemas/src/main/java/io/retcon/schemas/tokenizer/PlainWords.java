package io.retcon.schemas.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.Set;

/**
 * The kind of tokenizer that may run in this process: one token a word, words split at white space,
 * nothing normalized. The library then compares whole strings and slices texts only where a
 * separator or an added token, which is not empty, was found in them: nothing in it can panic. The
 * demo's is one.
 */
final class PlainWords {
    private static final Set<String> SPLITTERS = Set.of("WhitespaceSplit", "Whitespace");

    private PlainWords() {}

    static boolean describe(JsonNode tree) {
        return tree.path("model").path("type").asText().equals("WordLevel")
                && SPLITTERS.contains(tree.path("pre_tokenizer").path("type").asText())
                && isAbsent(tree.path("normalizer"))
                && isAbsent(tree.path("decoder"))
                && isAbsent(tree.path("post_processor"))
                && addedLiterally(tree.path("added_tokens"));
    }

    private static boolean isAbsent(JsonNode part) {
        return part.isMissingNode() || part.isNull();
    }

    private static boolean addedLiterally(JsonNode tokens) {
        for (var token : tokens) {
            if (token.path("content").asText().isEmpty()
                    || token.path("lstrip").asBoolean()
                    || token.path("rstrip").asBoolean()
                    || token.path("single_word").asBoolean()) {
                return false;
            }
        }
        return true;
    }
}
