package io.retcon.streams.effects;

import io.retcon.schemas.record.ItemRef;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Items that are alike because they ask for one relation, or of one subject.
 *
 * @param by relation or subject
 * @param names of the clusters, in order
 * @param ofItem item to the place of its cluster among the names
 */
record Clusters(String by, List<String> names, int[] ofItem) {
    static final String RELATION = "relation";
    static final String SUBJECT = "subject";
    static final String NONE = "none";

    Clusters {
        names = List.copyOf(names);
    }

    /** The relations of items, even if it is only one. */
    static Clusters relations(List<ItemRef> items, OutcomeTable outcomes) {
        return of(RELATION, items, outcomes::relation);
    }

    /**
     * What a spec says that items are alike by; empty where each stands for itself.
     *
     * @param asked relation, subject, none, or nothing
     */
    static Optional<Clusters> of(
            Optional<String> asked, List<ItemRef> items, OutcomeTable outcomes) {
        var by = asked.orElse(RELATION);
        if (by.equals(NONE)) {
            return Optional.empty();
        }
        var clusters =
                by.equals(SUBJECT)
                        ? of(SUBJECT, items, outcomes::subject)
                        : relations(items, outcomes);
        return clusters.names.size() < 2 ? Optional.empty() : Optional.of(clusters);
    }

    private static Clusters of(String by, List<ItemRef> items, Function<ItemRef, String> name) {
        var ofItems = items.stream().map(name).toList();
        var names = List.copyOf(new TreeSet<>(ofItems));
        var places =
                ofItems.stream()
                        .mapToInt(cluster -> Collections.binarySearch(names, cluster))
                        .toArray();
        return new Clusters(by, names, places);
    }

    /** The places of a cluster's items. */
    int[] itemsOf(int cluster) {
        return IntStream.range(0, ofItem.length).filter(item -> ofItem[item] == cluster).toArray();
    }
}
