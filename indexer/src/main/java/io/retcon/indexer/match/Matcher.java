package io.retcon.indexer.match;

import io.retcon.indexer.bm25.Bm25;
import io.retcon.indexer.bm25.Tokenization;
import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.record.Item;
import io.retcon.schemas.spec.Bm25Spec;
import io.retcon.schemas.spec.CooccurrenceSpec;
import io.retcon.schemas.spec.DenseSpec;
import io.retcon.schemas.spec.GivenSpec;
import io.retcon.schemas.spec.MatcherSpec;
import io.retcon.schemas.spec.OccurrenceSpec;

import java.util.List;

/** Says which documents of a window matter for an item. */
public sealed interface Matcher
        permits CooccurrenceMatcher, OccurrenceMatcher, Bm25Matcher, DenseMatcher, GivenMatcher {
    /**
     * Begins one pass over one window for all items at once.
     *
     * @throws RefusedInput naming the first item that this matcher cannot look for
     */
    Matching begin(List<Item> items);

    /**
     * Looks whether it could look for the item.
     *
     * @throws RefusedInput if not, naming the item
     */
    default void check(Item item) {}

    /** Those of the items that it could look for, in their order. */
    default List<Item> findable(List<Item> items) {
        return items.stream().filter(this::isFindable).toList();
    }

    private boolean isFindable(Item item) {
        try {
            check(item);
            return true;
        } catch (RefusedInput unfindable) {
            return false;
        }
    }

    /** Why some of these items are likely to match nothing, whatever the window holds. */
    default List<String> caveats(List<Item> items) {
        return List.of();
    }

    /**
     * The matcher that a spec asks for.
     *
     * @throws RefusedInput if its encoders are not there
     */
    static Matcher of(MatcherSpec spec, Encoders encoders) {
        return switch (spec) {
            case CooccurrenceSpec pairs ->
                    new CooccurrenceMatcher(
                            Overlap.named(pairs.overlap()), Boundary.named(pairs.boundary()));
            case OccurrenceSpec terms -> new OccurrenceMatcher(Boundary.named(terms.boundary()));
            case Bm25Spec words ->
                    new Bm25Matcher(
                            QueryText.named(words.query()),
                            new Bm25(words.k1(), words.b(), Tokenization.named(words.tokens())),
                            Cut.of(words.topK(), words.threshold()));
            case DenseSpec vectors ->
                    new DenseMatcher(
                            QueryText.named(vectors.query()),
                            encoders.named(vectors.encoders()),
                            vectors.encodersSha256(),
                            Cut.of(vectors.topK(), vectors.threshold()),
                            VectorSearch.named(vectors.search()),
                            encoders.threads());
            case GivenSpec given -> new GivenMatcher(given.ids());
        };
    }
}
