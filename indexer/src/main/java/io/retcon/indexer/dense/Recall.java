package io.retcon.indexer.dense;

import java.util.Locale;

/**
 * What an approximate search finds of what an exact one does, for a sample of the questions.
 *
 * @param questions in the sample
 * @param k documents a question, at most
 * @param mean share of them that it finds, over the sample
 * @param lowest of the sample's worst question
 */
public record Recall(int questions, int k, double mean, double lowest) {
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "approximate search finds %.1f %% of the %d nearest documents, and %.1f %% for the"
                        + " worst of %d questions tried",
                100 * mean,
                k,
                100 * lowest,
                questions);
    }
}
