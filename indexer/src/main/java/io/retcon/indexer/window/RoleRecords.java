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
public final class RoleRecords {
    private final Selection selection;
    private final MatchedWindow window;
    private final MatchedWindow donors;

    RoleRecords(Selection selection, MatchedWindow window, MatchedWindow donors) {
        this.selection = selection;
        this.window = window;
        this.donors = donors;
    }

    /** Takes records one by one. */
    public interface Sink {
        void accept(String key, Match match);
    }

    /** Gives every record, in order, to {@code sink}. */
    public void forEach(Sink sink) {
        var counted = new Counted(sink);
        for (int i = 0; i < window.documents().size(); i++) {
            var items = items(window.items().row(i));
            var role = items.isEmpty() ? Role.BYSTANDER : Role.TARGET;
            counted.accept(role, window.documents().get(i), items);
        }
        for (int i = 0; i < donors.documents().size(); i++) {
            if (donors.items().row(i).length == 0) {
                counted.accept(Role.DONOR, donors.documents().get(i), List.of());
            }
        }
        counted.close();
    }

    private List<ItemRef> items(int[] places) {
        return Arrays.stream(places).mapToObj(selection.getItems()::get).toList();
    }

    /** Passes records on, and knows at the end what the closing record must say. */
    private final class Counted {
        private final String intervention = selection.getIntervention();
        private final Sha256 digest = new Sha256();
        private final Sink sink;
        private long records;

        Counted(Sink sink) {
            this.sink = sink;
        }

        /** Where two windows overlap a document has two roles, so the role is in the key. */
        void accept(Role role, DocumentRef document, List<ItemRef> items) {
            var key =
                    Keys.join(
                            intervention,
                            role,
                            document.getStep(),
                            document.getSequence(),
                            document.getStart());
            var line = new ArrayList<Object>(List.of(key, role));
            items.stream().map(Keys::item).forEach(line::add);
            digest.update(Keys.join(line.toArray()) + "\n");
            records++;
            sink.accept(key, new Match(intervention, role, document, items, null, null));
        }

        void close() {
            var closing = new Closing(records, digest.hex());
            sink.accept(
                    Keys.join(intervention, "closing"),
                    new Match(intervention, null, null, List.of(), null, closing));
        }
    }
}
