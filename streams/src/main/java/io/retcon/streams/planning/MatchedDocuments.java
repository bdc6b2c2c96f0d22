package io.retcon.streams.planning;

import static java.util.Comparator.comparing;

import io.retcon.schemas.record.DocumentRef;

import java.util.List;

/**
 * What the matching of one intervention found. Targets are kept in document order, whatever order
 * they came in; documents without tokens never take part.
 *
 * @param targets documents of the window that match a selected item
 * @param bystanders documents of the window that match none
 * @param donors documents of the donors' window that match none
 */
public record MatchedDocuments(
        List<Target> targets, List<DocumentRef> bystanders, List<DocumentRef> donors) {
    public MatchedDocuments {
        targets =
                targets.stream()
                        .filter(target -> target.tokens() > 0)
                        .sorted(comparing(Target::document, DocumentOrder.BY_PLACE))
                        .toList();
        bystanders = bystanders.stream().filter(document -> document.getLength() > 0).toList();
        donors = donors.stream().filter(document -> document.getLength() > 0).toList();
    }
}
