package io.retcon.indexer.match;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Subject and object occur. If neither string contains the other, no occurrence can, and that
 * decides; otherwise the overlap rule looks at the occurrences.
 */
final class BothOccur implements TermRule {
    private static final int APART = -1;

    private final ItemTerms terms;
    private final Overlap overlap;
    private final SparseRows itemsOfRarerTerm;
    private final int[] inner;

    BothOccur(ItemTerms terms, Overlap overlap) {
        this.terms = terms;
        this.overlap = overlap;
        this.itemsOfRarerTerm = itemsOfRarerTerm(terms);
        this.inner = new int[terms.items()];
        for (int item = 0; item < inner.length; item++) {
            inner[item] = inner(terms, item);
        }
    }

    @Override
    public void find(DocumentTerms document, BitSet items) {
        for (int i = 0; i < document.presentCount(); i++) {
            int term = document.present(i);
            for (int item : itemsOfRarerTerm.row(term)) {
                int subject = terms.subject(item);
                int object = terms.object(item);
                int other = term == subject ? object : subject;
                if (document.occurs(other)
                        && (inner[item] == APART
                                || overlap.apart(
                                        document,
                                        inner[item],
                                        inner[item] == subject ? object : subject))) {
                    items.set(item);
                }
            }
        }
    }

    /** Items are looked up by whichever of their terms fewer items have. */
    private static SparseRows itemsOfRarerTerm(ItemTerms terms) {
        var uses = new int[terms.terms()];
        for (int item = 0; item < terms.items(); item++) {
            uses[terms.subject(item)]++;
            uses[terms.object(item)]++;
        }
        var rarer = new RowWriter();
        for (int item = 0; item < terms.items(); item++) {
            int subject = terms.subject(item);
            int object = terms.object(item);
            rarer.add(uses[object] < uses[subject] ? object : subject);
            rarer.endRow();
        }
        return rarer.rows().transposed(terms.terms());
    }

    /** The term that lies in the other one or equals it, or {@link #APART}. */
    private static int inner(ItemTerms terms, int item) {
        var subject = terms.term(terms.subject(item));
        var object = terms.term(terms.object(item));
        if (contains(object, subject)) {
            return terms.subject(item);
        }
        return contains(subject, object) ? terms.object(item) : APART;
    }

    private static boolean contains(byte[] whole, byte[] part) {
        for (int start = 0; start + part.length <= whole.length; start++) {
            if (Arrays.equals(whole, start, start + part.length, part, 0, part.length)) {
                return true;
            }
        }
        return false;
    }
}
