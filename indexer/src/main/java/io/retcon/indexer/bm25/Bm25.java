package io.retcon.indexer.bm25;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.RefusedInput;

/**
 * score(q, d) = Σ over the words of q, repeats included, of idf · tf / (tf + k1 (1 − b + b |d| /
 * avgdl)), idf = ln(1 + (N − n + 0.5) / (n + 0.5)): Lucene's variant of BM25 (Robertson and
 * Zaragoza, 2009; Kamphuis et al., 2020), with exact lengths and in double precision.
 *
 * @param tokenization which words count, in queries and in documents
 */
public record Bm25(double k1, double b, Tokenization tokenization) {
    public static final double DEFAULT_K1 = 1.5;
    public static final double DEFAULT_B = 0.75;

    public Bm25 {
        requireNonNull(tokenization, "tokenization is null");
        if (!(k1 >= 0 && k1 < Double.POSITIVE_INFINITY)) {
            throw new RefusedInput("k1 is %s: say 0 or more".formatted(k1));
        }
        if (!(b >= 0 && b <= 1)) {
            throw new RefusedInput("b is %s: say 0 to 1".formatted(b));
        }
    }

    public Bm25() {
        this(DEFAULT_K1, DEFAULT_B, Tokenization.CONTENT_WORDS);
    }

    /** How rare a word is that {@code n} of {@code documents} hold. */
    static double idf(long documents, long n) {
        return Math.log(1 + (documents - n + 0.5) / (n + 0.5));
    }

    /** What a document of this many words adds to the frequency in the denominator. */
    double norm(int words, double average) {
        return k1 * (1 - b + b * words / average);
    }
}
