package io.retcon.indexer.match;

import java.util.BitSet;
import java.util.List;

/** A pass that decides each document by the terms in it alone. Not thread-safe. */
final class TermMatching implements Matching {
    private final int items;
    private final TermRule rule;
    private final DocumentTerms document;
    private final BitSet found = new BitSet();
    private final RowWriter itemsOfDocuments = new RowWriter();

    TermMatching(ItemTerms items, Boundary boundary, TermRule rule) {
        this.items = items.items();
        this.rule = rule;
        this.document = new DocumentTerms(items, boundary);
    }

    @Override
    public void add(byte[] text) {
        read(text);
        for (int item = found.nextSetBit(0); item >= 0; item = found.nextSetBit(item + 1)) {
            itemsOfDocuments.add(item);
        }
        itemsOfDocuments.endRow();
    }

    @Override
    public Matches end() {
        return Matches.of(itemsOfDocuments.rows().transposed(items), items);
    }

    /** The items that {@code text} matches, ascending; the pass does not count it as a document. */
    List<Integer> match(byte[] text) {
        read(text);
        return found.stream().boxed().toList();
    }

    private void read(byte[] text) {
        found.clear();
        document.read(text);
        rule.find(document, found);
    }
}
