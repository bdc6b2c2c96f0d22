package io.retcon.indexer.match;

import io.retcon.indexer.terms.TermScanner;
import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.record.Item;
import io.retcon.schemas.tokenizer.WellFormed;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The items' subjects and objects as numbered terms, each distinct one once. Immutable. */
final class ItemTerms {
    private final List<byte[]> terms = new ArrayList<>();
    private final int[] subjects;
    private final int[] objects;
    private final TermScanner scanner;

    /**
     * @param matcher how the asking matcher is called in specs
     */
    ItemTerms(List<Item> items, String matcher) {
        subjects = new int[items.size()];
        objects = new int[items.size()];
        Map<ByteBuffer, Integer> known = new HashMap<>();
        for (int i = 0; i < items.size(); i++) {
            var item = items.get(i);
            subjects[i] = number(known, term(item, matcher, "subject", item.getSubject()));
            objects[i] = number(known, term(item, matcher, "object", item.getObject()));
        }
        scanner = new TermScanner(terms);
    }

    int items() {
        return subjects.length;
    }

    int subject(int item) {
        return subjects[item];
    }

    int object(int item) {
        return objects[item];
    }

    int terms() {
        return terms.size();
    }

    byte[] term(int term) {
        return terms.get(term);
    }

    TermScanner scanner() {
        return scanner;
    }

    /**
     * @throws RefusedInput if the item lacks its subject or its object
     */
    static void check(Item item, String matcher) {
        term(item, matcher, "subject", item.getSubject());
        term(item, matcher, "object", item.getObject());
    }

    private int number(Map<ByteBuffer, Integer> known, byte[] term) {
        return known.computeIfAbsent(
                ByteBuffer.wrap(term),
                fresh -> {
                    terms.add(term);
                    return terms.size() - 1;
                });
    }

    private static byte[] term(Item item, String matcher, String part, Optional<String> text) {
        var term = WellFormed.of(text.orElse("")).getBytes(StandardCharsets.UTF_8);
        if (term.length == 0) {
            throw new RefusedInput(
                    "item '%s' of %s has no %s, and %s looks for subject and object: give it one, or use matcher bm25, which needs only the question"
                            .formatted(item.getId(), item.getBenchmark(), part, matcher));
        }
        return term;
    }
}
