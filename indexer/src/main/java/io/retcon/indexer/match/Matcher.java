package io.retcon.indexer.match;

import io.retcon.indexer.bm25.Bm25;
import io.retcon.indexer.bm25.Tokenization;
import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.record.Item;
import io.retcon.schemas.record.MatchSpec;

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
     * @throws RefusedInput if a name in it is unknown
     */
    static Matcher of(MatchSpec spec, Encoders encoders) {
        var boundary = Boundary.named(spec.getBoundary());
        return switch (spec.getMatcher()) {
            case "cooccurrence" ->
                    new CooccurrenceMatcher(Overlap.named(spec.getOverlap()), boundary);
            case "occurrence" -> new OccurrenceMatcher(boundary);
            case "bm25" ->
                    new Bm25Matcher(
                            QueryText.named(spec.getQuery()),
                            new Bm25(
                                    spec.getK1(),
                                    spec.getB(),
                                    Tokenization.named(spec.getTokens())),
                            Cut.of(spec.getTopK(), spec.getThreshold()));
            case "dense" ->
                    new DenseMatcher(
                            QueryText.named(spec.getQuery()),
                            encoders.named(
                                    spec.getEncoders()
                                            .orElseThrow(
                                                    () ->
                                                            new RefusedInput(
                                                                    "matcher dense needs encoders:"
                                                                            + " name them"))),
                            spec.getEncodersSha256(),
                            Cut.of(spec.getTopK(), spec.getThreshold()),
                            VectorSearch.named(spec.getSearch()),
                            encoders.threads());
            case "given" -> new GivenMatcher(spec.getIds());
            default ->
                    throw new RefusedInput(
                            "matcher '%s' is unknown: say cooccurrence, occurrence, bm25, dense or given"
                                    .formatted(spec.getMatcher()));
        };
    }
}
