package io.retcon.streams.planning;

import static java.util.Comparator.comparing;

import io.retcon.schemas.record.DocumentRef;
import io.retcon.schemas.record.ItemRef;
import io.retcon.schemas.record.Match;
import io.retcon.schemas.record.Role;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the matching of one intervention found, everything in document order, whatever order it came
 * in; documents without tokens never take part.
 *
 * @param targets documents of the window that match a selected item
 * @param bystanders documents of the window that match none
 * @param donors documents of the donors' window that match none
 * @param matchingDonors documents of the donors' window that match a selected item, where the spec
 *     asks for them
 * @param donorScores of each of {@code donors} for each selected item, in the selection's order,
 *     where the spec asks for them
 */
public record MatchedDocuments(
        List<Target> targets,
        List<DocumentRef> bystanders,
        List<DocumentRef> donors,
        List<Target> matchingDonors,
        Map<DocumentRef, List<Double>> donorScores) {
    public MatchedDocuments {
        targets = targetsInOrder(targets);
        bystanders = inOrder(bystanders);
        donors = inOrder(donors);
        matchingDonors = targetsInOrder(matchingDonors);
        donorScores = Map.copyOf(donorScores);
    }

    /** Takes matches one by one. Not thread-safe. */
    public static final class Gathering {
        private final List<Target> targets = new ArrayList<>();
        private final List<DocumentRef> bystanders = new ArrayList<>();
        private final List<DocumentRef> donors = new ArrayList<>();
        private final List<Target> matchingDonors = new ArrayList<>();
        private final Map<DocumentRef, List<Double>> donorScores = new HashMap<>();

        /** A match, or the closing record, which is left aside. */
        public void add(Match match) {
            match.getDocument().ifPresent(document -> add(match, document));
        }

        private void add(Match match, DocumentRef document) {
            switch (match.getRole().orElse(Role.UNKNOWN)) {
                case TARGET -> targets.add(new Target(document, match.getItems()));
                case BYSTANDER -> bystanders.add(document);
                case DONOR -> {
                    if (match.getItems().isEmpty()) {
                        donors.add(document);
                        if (!match.getItemScores().isEmpty()) {
                            donorScores.put(document, match.getItemScores());
                        }
                    } else {
                        matchingDonors.add(new Target(document, match.getItems()));
                    }
                }
                case UNKNOWN -> {}
            }
        }

        public MatchedDocuments documents() {
            return new MatchedDocuments(targets, bystanders, donors, matchingDonors, donorScores);
        }
    }

    /** As though these items had not been selected; what only they match plays no part. */
    MatchedDocuments without(Set<ItemRef> items) {
        return new MatchedDocuments(
                without(targets, items),
                bystanders,
                donors,
                without(matchingDonors, items),
                donorScores);
    }

    /** All documents of the window, in order. */
    List<DocumentRef> window() {
        return inOrder(
                Stream.concat(targets.stream().map(Target::document), bystanders.stream())
                        .toList());
    }

    private static List<Target> without(List<Target> targets, Set<ItemRef> items) {
        return targets.stream()
                .map(
                        target ->
                                new Target(
                                        target.document(),
                                        target.items().stream()
                                                .filter(item -> !items.contains(item))
                                                .toList()))
                .filter(target -> !target.items().isEmpty())
                .toList();
    }

    private static List<Target> targetsInOrder(List<Target> targets) {
        return targets.stream()
                .filter(target -> target.tokens() > 0)
                .sorted(comparing(Target::document, DocumentOrder.BY_PLACE))
                .toList();
    }

    private static List<DocumentRef> inOrder(List<DocumentRef> documents) {
        return documents.stream()
                .filter(document -> document.getLength() > 0)
                .sorted(DocumentOrder.BY_PLACE)
                .toList();
    }
}
