package io.retcon.indexer.match;

import io.retcon.schemas.record.Item;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Something that makes a matcher blind to some of its items, said with their number and the first.
 *
 * @param why after 'N of M items'
 * @param applies to an item
 */
record ItemCaveat(String why, Predicate<Item> applies) {
    /** The sentence, if it applies to any of {@code items}. */
    Optional<String> of(List<Item> items) {
        var blind = items.stream().filter(applies).toList();
        return blind.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "%,d of %,d items %s (first: '%s' of %s)"
                                .formatted(
                                        blind.size(),
                                        items.size(),
                                        why,
                                        blind.getFirst().getId(),
                                        blind.getFirst().getBenchmark()));
    }
}
