package io.retcon.deploy.report;

import java.util.List;

/**
 * What a matcher found, beside what is true: only a synthetic world knows.
 *
 * @param rows the documents of the window that are about a selected item, by kind, and any others
 *     that were matched
 */
public record MatcherTruth(List<Row> rows) {

    /**
     * Documents of one kind.
     *
     * @param kind the kind, in words
     * @param meaning whether such a document states the fact
     * @param documents how many there are
     * @param matched how many of them the matcher found
     */
    public record Row(String kind, Meaning meaning, long documents, long matched) {
        public Row {
            if (matched < 0 || matched > documents) {
                throw new IllegalArgumentException(
                        "%d of %d documents cannot be matched".formatted(matched, documents));
            }
        }
    }

    /** What a document says about a selected item's fact. */
    public enum Meaning {
        /** The fact. */
        STATES,
        /** Something else. */
        DOES_NOT_STATE
    }

    public MatcherTruth {
        rows = List.copyOf(rows);
    }

    /** The share of matched documents that state the fact; NaN where none was matched. */
    public double precision() {
        return statedAndMatched() / (double) rows.stream().mapToLong(Row::matched).sum();
    }

    /** The share of documents stating the fact that were matched; NaN where none states it. */
    public double recall() {
        return statedAndMatched()
                / (double)
                        rows.stream()
                                .filter(row -> row.meaning() == Meaning.STATES)
                                .mapToLong(Row::documents)
                                .sum();
    }

    private long statedAndMatched() {
        return rows.stream()
                .filter(row -> row.meaning() == Meaning.STATES)
                .mapToLong(Row::matched)
                .sum();
    }
}
