package io.retcon.indexer.window;

import io.retcon.schemas.Sha256;
import io.retcon.schemas.record.Closing;
import io.retcon.schemas.record.DocumentRef;
import io.retcon.schemas.record.ItemRef;
import io.retcon.schemas.record.Match;
import io.retcon.schemas.record.Role;
import io.retcon.schemas.record.Selection;
import io.retcon.schemas.topic.Keys;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What retcon.matches says of one intervention: targets and bystanders in document order, then
 * donors in document order, then the closing record.
 */
final class RoleRecords {
    private final Selection selection;
    private final SelectionMatching.Found found;
    private final Sha256 digest = new Sha256();
    private long records;

    RoleRecords(Selection selection, SelectionMatching.Found found) {
        this.selection = selection;
        this.found = found;
    }

    /** Takes records one by one. */
    interface Sink {
        void accept(String key, Match match);
    }

    /** Gives every record to {@code sink}; to be called once. */
    void forEach(Sink sink) {
        window(sink);
        donors(sink);
        var closing = new Closing(records, digest.hex());
        sink.accept(
                Keys.join(selection.getIntervention(), "closing"),
                new Match(selection.getIntervention(), null, null, List.of(), null, closing));
    }

    private void window(Sink sink) {
        var documents = found.window().documents();
        for (int i = 0; i < documents.size(); i++) {
            var items = items(found.window().items().row(i));
            accept(sink, items.isEmpty() ? Role.BYSTANDER : Role.TARGET, documents.get(i), items);
        }
    }

    private void donors(Sink sink) {
        var documents = found.donors().documents();
        for (int i = 0; i < documents.size(); i++) {
            if (found.donors().items().row(i).length == 0) {
                accept(sink, Role.DONOR, documents.get(i), List.of());
            }
        }
    }

    private List<ItemRef> items(int[] places) {
        return Arrays.stream(places).mapToObj(selection.getItems()::get).toList();
    }

    /** Where two windows overlap a document has two roles, so the role is in the key. */
    private void accept(Sink sink, Role role, DocumentRef document, List<ItemRef> items) {
        var key =
                Keys.join(
                        selection.getIntervention(),
                        role,
                        document.getStep(),
                        document.getSequence(),
                        document.getStart());
        var line = new ArrayList<Object>(List.of(key, role));
        items.stream().map(Keys::item).forEach(line::add);
        digest.update(Keys.join(line.toArray()) + "\n");
        records++;
        sink.accept(key, new Match(selection.getIntervention(), role, document, items, null, null));
    }
}
