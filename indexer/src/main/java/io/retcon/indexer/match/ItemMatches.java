package io.retcon.indexer.match;

/**
 * The documents that matter for one item, by their numbers in the window, from 0: by score
 * descending, then in document order. Immutable as long as nobody writes to its arrays.
 */
public sealed interface ItemMatches {
    /** The item's place among the items asked about. */
    int item();

    int[] documents();

    /** From a matcher that only says whether. */
    record Unscored(int item, int[] documents) implements ItemMatches {}

    /**
     * From a matcher that says how much.
     *
     * @param scores one a document
     */
    record Scored(int item, int[] documents, double[] scores) implements ItemMatches {
        public Scored {
            if (scores.length != documents.length) {
                throw new IllegalArgumentException("there must be a score a document");
            }
        }
    }
}
