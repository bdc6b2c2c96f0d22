package io.retcon.schemas.spec;

/** A matcher that scores documents, so that only the best count. */
public sealed interface ScoringSpec extends MatcherSpec permits Bm25Spec, DenseSpec {
    /** Documents an item, at most, where neither they nor a score are limited. */
    int TOP_K = 100;

    /** The same without a limit. */
    ScoringSpec unlimited();
}
