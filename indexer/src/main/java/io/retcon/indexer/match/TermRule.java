package io.retcon.indexer.match;

import java.util.BitSet;

/** Which items a document matches, given the terms in it. Immutable. */
interface TermRule {
    void find(DocumentTerms document, BitSet items);
}
