package io.retcon.streams.planning;

import static java.util.Comparator.comparing;

import io.retcon.schemas.record.DocumentRef;
import io.retcon.schemas.record.ItemRef;
import io.retcon.schemas.record.Match;
import io.retcon.schemas.record.Role;

import java.util.ArrayList;
import java.util.Comparator;
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
 * @param scores of documents that match, by a matcher that scores: the highest for any item
 * @param others of bystanders and donors: the items of the benchmark that they match and that were
 *     not selected, where that was asked for and there are any
 */
public record MatchedDocuments(
        List<Target> targets,
        List<DocumentRef> bystanders,
        List<DocumentRef> donors,
        List<Target> matchingDonors,
        Map<DocumentRef, List<Double>> donorScores,
        Map<DocumentRef, Double> scores,
        Map<DocumentRef, List<ItemRef>> others) {
    public MatchedDocuments {
        targets = targetsInOrder(targets);
        bystanders = inOrder(bystanders);
        donors = inOrder(donors);
        matchingDonors = targetsInOrder(matchingDonors);
        donorScores = Map.copyOf(donorScores);
        scores = Map.copyOf(scores);
        others = Map.copyOf(others);
    }

    /** By a matcher that does not score. */
    public MatchedDocuments(
            List<Target> targets,
            List<DocumentRef> bystanders,
            List<DocumentRef> donors,
            List<Target> matchingDonors,
            Map<DocumentRef, List<Double>> donorScores) {
        this(targets, bystanders, donors, matchingDonors, donorScores, Map.of(), Map.of());
    }

    /** Takes matches one by one. Not thread-safe. */
    public static final class Gathering {
        private final List<Target> targets = new ArrayList<>();
        private final List<DocumentRef> bystanders = new ArrayList<>();
        private final List<DocumentRef> donors = new ArrayList<>();
        private final List<Target> matchingDonors = new ArrayList<>();
        private final Map<DocumentRef, List<Double>> donorScores = new HashMap<>();
        private final Map<DocumentRef, Double> scores = new HashMap<>();
        private final Map<DocumentRef, List<ItemRef>> others = new HashMap<>();

        /** A match, or the closing record, which is left aside. */
        public void add(Match match) {
            match.getDocument().ifPresent(document -> add(match, document));
        }

        private void add(Match match, DocumentRef document) {
            match.getScore().ifPresent(score -> scores.put(document, score));
            if (!match.getOthers().isEmpty()) {
                others.put(document, match.getOthers());
            }
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
            return new MatchedDocuments(
                    targets, bystanders, donors, matchingDonors, donorScores, scores, others);
        }
    }

    /** As though these items had not been selected; what only they match plays no part. */
    MatchedDocuments without(Set<ItemRef> items) {
        return new MatchedDocuments(
                without(targets, items),
                bystanders,
                donors,
                without(matchingDonors, items),
                donorScores,
                scores,
                others);
    }

    /**
     * As though the matcher had found {@code most} targets, and as many donors that match: those
     * with the highest scores, equals in document order; without scores, as many drawn by the seed
     * and their places. A document that sequences' ends cut counts once, and comes with all parts.
     */
    MatchedDocuments most(int most, WholeDocuments whole, long seed) {
        return new MatchedDocuments(
                most(targets, most, whole, seed),
                bystanders,
                donors,
                most(matchingDonors, most, whole, seed),
                donorScores,
                scores,
                others);
    }

    private List<Target> most(List<Target> matched, int most, WholeDocuments whole, long seed) {
        var documents = whole.of(matched);
        if (documents.size() <= most) {
            return matched;
        }
        var first =
                scores.isEmpty()
                        ? LengthPool.drawnOrder(documents, seed)
                        : documents.stream()
                                .sorted(comparing(scores::get, Comparator.reverseOrder()))
                                .toList();
        return whole.partsOf(matched, Set.copyOf(first.subList(0, most)));
    }

    /** Documents of the window that match no selected item and match another one. */
    List<DocumentRef> bystandersOfOthers() {
        return bystanders.stream().filter(others::containsKey).toList();
    }

    /** Donors that match an item of the benchmark, and these items. */
    Map<DocumentRef, List<ItemRef>> itemsOfDonors() {
        var items = new HashMap<DocumentRef, List<ItemRef>>();
        matchingDonors.forEach(donor -> items.put(donor.document(), donor.items()));
        Stream.concat(donors.stream(), matchingDonors.stream().map(Target::document))
                .filter(others::containsKey)
                .forEach(
                        donor ->
                                items.merge(
                                        donor,
                                        others.get(donor),
                                        (own, more) ->
                                                Stream.concat(own.stream(), more.stream())
                                                        .toList()));
        return items;
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
