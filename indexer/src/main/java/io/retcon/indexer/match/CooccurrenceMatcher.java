package io.retcon.indexer.match;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.record.Item;

import java.util.List;

/**
 * A document matters if it names the item's subject and its object: literally, case-sensitively, in
 * UTF-8 bytes. The rule of Nadkarni et al. 2025 (arXiv 2510.14261).
 */
public record CooccurrenceMatcher(Overlap overlap, Boundary boundary) implements Matcher {
    public CooccurrenceMatcher {
        requireNonNull(overlap, "overlap is null");
        requireNonNull(boundary, "boundary is null");
    }

    @Override
    public Matching begin(List<Item> items) {
        return pass(items);
    }

    @Override
    public void check(Item item) {
        ItemTerms.check(item, "cooccurrence");
    }

    @Override
    public List<String> caveats(List<Item> items) {
        return boundary.caveats(items);
    }

    TermMatching pass(List<Item> items) {
        var terms = new ItemTerms(items, "cooccurrence");
        return new TermMatching(terms, boundary, new BothOccur(terms, overlap));
    }
}
