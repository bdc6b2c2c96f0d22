package io.retcon.indexer.bm25;

/** Equal parts of a range of scores, numbered from 0 for the highest. */
record ScoreParts(double highest, double partsPerScore) {
    static ScoreParts of(double lowest, double highest, int parts) {
        return new ScoreParts(highest, highest == lowest ? 0 : (parts - 1) / (highest - lowest));
    }

    /** Which part a score of the range lies in; never less for a lower one. */
    int of(double score) {
        return (int) ((highest - score) * partsPerScore);
    }
}
