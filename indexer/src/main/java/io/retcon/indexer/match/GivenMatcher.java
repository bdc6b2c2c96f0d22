package io.retcon.indexer.match;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.item.ItemName;
import io.retcon.schemas.record.Item;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A document matters if the spec says so: judgements that come from elsewhere.
 *
 * @param ids item, as {@link ItemName} writes it, to the identifiers of its documents; those that
 *     no document has match nothing
 */
public record GivenMatcher(Map<String, List<String>> ids) implements Matcher {
    /**
     * @throws RefusedInput if nothing is given
     */
    public GivenMatcher {
        if (ids.isEmpty()) {
            throw new RefusedInput("matcher given needs the documents of each item: give 'ids'");
        }
        ids = Map.copyOf(ids);
    }

    /**
     * @throws RefusedInput if a name means items of several benchmarks
     */
    @Override
    public Matching begin(List<Item> items) {
        var given = new HashMap<ItemName, List<String>>();
        ids.forEach(
                (name, documents) ->
                        given.computeIfAbsent(ItemName.parse(name), _ -> new ArrayList<>())
                                .addAll(documents));
        var asked = new HashMap<String, List<Integer>>();
        var benchmarks = new HashMap<String, String>();
        for (int i = 0; i < items.size(); i++) {
            var item = items.get(i);
            var alone = given.get(new ItemName(Optional.empty(), item.getId()));
            if (alone != null) {
                requireOne(item, benchmarks.putIfAbsent(item.getId(), item.getBenchmark()));
            }
            var full = given.get(new ItemName(Optional.of(item.getBenchmark()), item.getId()));
            int place = i;
            Stream.of(alone, full)
                    .filter(Objects::nonNull)
                    .flatMap(List::stream)
                    .distinct()
                    .forEach(
                            document ->
                                    asked.computeIfAbsent(document, _ -> new ArrayList<>())
                                            .add(place));
        }
        return new Pass(items.size(), asked);
    }

    private static void requireOne(Item item, String other) {
        if (other != null) {
            throw new RefusedInput(
                    "matcher given names item '%s', which both %s and %s have: write %s or %s"
                            .formatted(
                                    item.getId(),
                                    other,
                                    item.getBenchmark(),
                                    new ItemName(Optional.of(other), item.getId()).written(),
                                    new ItemName(Optional.of(item.getBenchmark()), item.getId())
                                            .written()));
        }
    }

    /** Not thread-safe. */
    private static final class Pass implements Matching {
        private final int items;
        private final Map<String, List<Integer>> asked;
        private final RowWriter itemsOfDocuments = new RowWriter();

        Pass(int items, Map<String, List<Integer>> asked) {
            this.items = items;
            this.asked = asked;
        }

        @Override
        public void add(String id, byte[] text) {
            asked.getOrDefault(id, List.of()).forEach(itemsOfDocuments::add);
            itemsOfDocuments.endRow();
        }

        @Override
        public void add(byte[] text) {
            itemsOfDocuments.endRow();
        }

        @Override
        public Matches end() {
            return Matches.of(itemsOfDocuments.rows().transposed(items), items);
        }
    }
}
