package io.retcon.indexer.match;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.record.Item;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A document matters if the spec says so: judgements that come from elsewhere.
 *
 * @param ids item to the identifiers of its documents; those that no document has match nothing
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

    @Override
    public Matching begin(List<Item> items) {
        var asked = new HashMap<String, List<Integer>>();
        for (int item = 0; item < items.size(); item++) {
            for (var document : ids.getOrDefault(items.get(item).getId(), List.of())) {
                asked.computeIfAbsent(document, _ -> new ArrayList<>()).add(item);
            }
        }
        return new Pass(items.size(), asked);
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
