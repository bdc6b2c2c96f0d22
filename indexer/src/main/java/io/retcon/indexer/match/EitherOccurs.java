package io.retcon.indexer.match;

import java.util.BitSet;

/** Subject or object occurs. */
final class EitherOccurs implements TermRule {
    private final SparseRows itemsOfTerm;

    EitherOccurs(ItemTerms items) {
        var termsOfItem = new RowWriter();
        for (int item = 0; item < items.items(); item++) {
            termsOfItem.add(items.subject(item));
            if (items.object(item) != items.subject(item)) {
                termsOfItem.add(items.object(item));
            }
            termsOfItem.endRow();
        }
        itemsOfTerm = termsOfItem.rows().transposed(items.terms());
    }

    @Override
    public void find(DocumentTerms document, BitSet items) {
        for (int i = 0; i < document.presentCount(); i++) {
            for (int item : itemsOfTerm.row(document.present(i))) {
                items.set(item);
            }
        }
    }
}
