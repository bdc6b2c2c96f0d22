package io.retcon.deploy.intervention;

import io.retcon.schemas.item.ItemName;
import io.retcon.schemas.record.ItemRef;
import io.retcon.schemas.record.Selection;
import io.retcon.schemas.spec.GivenSpec;
import io.retcon.schemas.spec.Specs;
import io.retcon.streams.planning.MatchedDocuments;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a spec with the matcher {@code given} names and nothing goes by: such a name may be lawful,
 * of another window's documents say, or a slip that leaves documents as they are.
 *
 * @param documents that selected items are given, counted once an item
 * @param absent those of them that are not in the window, as {@code item TAB document}, in order
 * @param items that the spec names
 * @param unselected those of them that were not selected, in order
 */
record GivenAbsent(int documents, List<String> absent, int items, List<String> unselected) {
    GivenAbsent {
        absent = List.copyOf(absent);
        unselected = List.copyOf(unselected);
    }

    /** Absent where another matcher judges, or every name is somebody's. */
    static Optional<GivenAbsent> of(Selection selection, MatchedDocuments matched) {
        Map<String, List<String>> given =
                Specs.of(selection).match() instanceof GivenSpec of
                        ? new TreeMap<>(of.ids())
                        : new TreeMap<>();
        var found = found(matched);
        int documents = 0;
        var absent = new ArrayList<String>();
        var unselected = new ArrayList<String>();
        for (var entry : given.entrySet()) {
            var name = ItemName.parse(entry.getKey());
            var items = selection.getItems().stream().filter(item -> isNamed(item, name)).toList();
            if (items.isEmpty()) {
                unselected.add(entry.getKey());
                continue;
            }
            var of = new HashSet<String>();
            items.forEach(item -> of.addAll(found.getOrDefault(item, Set.of())));
            documents += entry.getValue().size();
            entry.getValue().stream()
                    .filter(document -> !of.contains(document))
                    .forEach(document -> absent.add(entry.getKey() + "\t" + document));
        }
        return absent.isEmpty() && unselected.isEmpty()
                ? Optional.empty()
                : Optional.of(new GivenAbsent(documents, absent, given.size(), unselected));
    }

    private static boolean isNamed(ItemRef item, ItemName name) {
        return item.getId().equals(name.id())
                && name.benchmark().map(item.getBenchmark()::equals).orElse(true);
    }

    /** Item to the identifiers of the documents that match it. */
    private static Map<ItemRef, Set<String>> found(MatchedDocuments matched) {
        return matched.targets().stream()
                .flatMap(
                        target ->
                                target.items().stream()
                                        .map(item -> Map.entry(item, target.document().getId())))
                .collect(
                        Collectors.groupingBy(
                                Map.Entry::getKey,
                                Collectors.mapping(Map.Entry::getValue, Collectors.toSet())));
    }

    String text() {
        var text = new StringBuilder();
        if (!absent.isEmpty()) {
            text.append(
                    "given     %,d of the %,d documents given to selected items are not in the window, the first: %s%n"
                            .formatted(
                                    absent.size(),
                                    documents,
                                    absent.getFirst().replace("\t", ", ")));
        }
        if (!unselected.isEmpty()) {
            text.append(
                    "given     %,d of the %,d items that are named are not selected, the first: %s%n"
                            .formatted(unselected.size(), items, unselected.getFirst()));
        }
        return text.toString();
    }
}
