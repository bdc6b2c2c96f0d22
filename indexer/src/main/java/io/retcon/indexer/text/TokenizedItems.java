package io.retcon.indexer.text;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.record.Item;
import io.retcon.schemas.tokenizer.Tokenizer;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Items as a run's tokens would have them, so that what its tokenizer does to every document (NFC,
 * lower case) is done to what is looked for.
 */
public record TokenizedItems(Tokenizer tokenizer) {
    public TokenizedItems {
        requireNonNull(tokenizer, "tokenizer is null");
    }

    public List<Item> of(List<Item> items) {
        var terms = new ArrayList<String>();
        items.forEach(item -> with(item, term -> kept(terms, term)));
        var found = tokenizer.termsAsTokenized(terms).iterator();
        return items.stream().map(item -> with(item, term -> found.next())).toList();
    }

    private static String kept(List<String> terms, String term) {
        terms.add(term);
        return term;
    }

    /** Asks for the terms in the same order every time. */
    private static Item with(Item item, UnaryOperator<String> change) {
        return Item.newBuilder(item)
                .setQuery(change.apply(item.getQuery()))
                .setChoices(item.getChoices().stream().map(change).toList())
                .setSubject(item.getSubject().map(change).orElse(null))
                .setObject(item.getObject().map(change).orElse(null))
                .build();
    }
}
