package io.retcon.indexer.match;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.record.Item;
import io.retcon.schemas.record.MatchSpec;

import java.util.List;

/** Says which documents of a window matter for an item. */
public sealed interface Matcher permits CooccurrenceMatcher, OccurrenceMatcher, Bm25Matcher {
    /**
     * Begins one pass over one window for all items at once.
     *
     * @throws RefusedInput naming the first item that this matcher cannot look for
     */
    Matching begin(List<Item> items);

    /**
     * The matcher that a spec asks for.
     *
     * @throws RefusedInput if a name in it is unknown
     */
    static Matcher of(MatchSpec spec) {
        var boundary = Boundary.named(spec.getBoundary());
        return switch (spec.getMatcher()) {
            case "cooccurrence" ->
                    new CooccurrenceMatcher(Overlap.named(spec.getOverlap()), boundary);
            case "occurrence" -> new OccurrenceMatcher(boundary);
            default ->
                    throw new RefusedInput(
                            "matcher '%s' is unknown: say cooccurrence or occurrence"
                                    .formatted(spec.getMatcher()));
        };
    }
}
