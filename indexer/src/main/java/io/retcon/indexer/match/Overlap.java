package io.retcon.indexer.match;

import io.retcon.schemas.RefusedInput;

/**
 * When an item's terms are nested ('York' in 'New York'), which of their occurrences make a
 * document match.
 */
public enum Overlap {
    /** One occurrence of each, neither of which contains the other. */
    REFERENCE {
        @Override
        boolean apart(DocumentTerms document, int inner, int outer) {
            int only = document.first(outer);
            if (document.next(only) != DocumentTerms.NONE) {
                return true; // Outer occurrences are disjoint: no inner one lies in both.
            }
            for (int hit = document.first(inner);
                    hit != DocumentTerms.NONE;
                    hit = document.next(hit)) {
                if (document.start(hit) < document.start(only)
                        || document.end(hit) > document.end(only)) {
                    return true;
                }
            }
            return false;
        }
    },
    /** The same, but an occurrence inside any occurrence of the other term is none. */
    STRICT {
        @Override
        boolean apart(DocumentTerms document, int inner, int outer) {
            int around = document.first(outer);
            for (int hit = document.first(inner);
                    hit != DocumentTerms.NONE;
                    hit = document.next(hit)) {
                while (around != DocumentTerms.NONE && document.end(around) < document.end(hit)) {
                    around = document.next(around);
                }
                if (around == DocumentTerms.NONE || document.start(around) > document.start(hit)) {
                    return true;
                }
            }
            return false;
        }
    };

    /**
     * Whether the document matches, both terms occurring in it.
     *
     * @param inner the term whose string lies in the other's, or equals it
     */
    abstract boolean apart(DocumentTerms document, int inner, int outer);

    /** As specs write it: {@code reference} or {@code strict}. */
    public static Overlap named(String name) {
        return switch (name) {
            case "reference" -> REFERENCE;
            case "strict" -> STRICT;
            default ->
                    throw new RefusedInput(
                            "overlap '%s' is unknown: say reference or strict".formatted(name));
        };
    }
}
