package io.retcon.indexer.match;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.record.Item;

import java.util.List;

/** A document matters if it names the item's subject or its object. */
public record OccurrenceMatcher(Boundary boundary) implements Matcher {
    public OccurrenceMatcher {
        requireNonNull(boundary, "boundary is null");
    }

    @Override
    public Matching begin(List<Item> items) {
        return pass(items);
    }

    @Override
    public void check(Item item) {
        ItemTerms.check(item, "occurrence");
    }

    @Override
    public List<String> caveats(List<Item> items) {
        return boundary.caveats(items);
    }

    TermMatching pass(List<Item> items) {
        var terms = new ItemTerms(items, "occurrence");
        return new TermMatching(terms, boundary, new EitherOccurs(terms));
    }
}
