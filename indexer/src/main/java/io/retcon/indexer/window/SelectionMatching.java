package io.retcon.indexer.window;

import static java.util.Objects.requireNonNull;

import io.retcon.indexer.match.Matcher;
import io.retcon.indexer.match.SparseRows;
import io.retcon.indexer.text.TokenText;
import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.history.RunManifests;
import io.retcon.schemas.history.Window;
import io.retcon.schemas.record.DocumentRef;
import io.retcon.schemas.record.Item;
import io.retcon.schemas.record.ItemRef;
import io.retcon.schemas.record.Selection;
import io.retcon.schemas.topic.Cluster;
import io.retcon.schemas.topic.Keys;
import io.retcon.schemas.topic.TopicCatalogue;
import io.retcon.schemas.topic.TopicTable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Matches the selected items of one intervention against its window and its donors' window. Holds
 * the place of every document (about 150 bytes each), but one sequence's text at a time.
 */
public final class SelectionMatching {
    private final Cluster cluster;
    private final Selection selection;
    private final String run;
    private final RunManifests manifests;
    private final Window window;
    private final Window donors;
    private final Matcher matcher;
    private final List<Item> items;

    /**
     * Looks up the run's manifests and the selected items; nothing is written.
     *
     * @throws RefusedInput if the spec names what is not there
     */
    public SelectionMatching(Cluster cluster, Selection selection) {
        this.cluster = requireNonNull(cluster, "cluster is null");
        this.selection = requireNonNull(selection, "selection is null");
        var spec = selection.getSpec();
        run = spec.getRun();
        manifests = RunManifests.read(cluster);
        window = Window.of(spec.getWindow());
        donors = Window.of(spec.getOperate().getDonors());
        matcher = Matcher.of(spec.getMatch());
        items = items(cluster, selection);
    }

    /** Sequences to read. */
    public long sequences() {
        return (window.steps() + donors.steps()) * manifests.of(run).getSequencesPerStep();
    }

    /**
     * Reads both windows.
     *
     * @param afterSequence called after every sequence read
     * @throws RefusedInput if the history is not whole or an item cannot be looked for
     */
    public RoleRecords run(Runnable afterSequence) {
        try (var tokenText = TokenText.of(manifests, run)) {
            return new RoleRecords(
                    selection,
                    match(window, tokenText, afterSequence),
                    match(donors, tokenText, afterSequence));
        }
    }

    private MatchedWindow match(Window part, TokenText tokenText, Runnable afterSequence) {
        var matching = matcher.begin(items);
        var documents = new ArrayList<DocumentRef>();
        try (var text = new WindowText(cluster, run, manifests, tokenText, part)) {
            while (text.next(
                    (document, bytes) -> {
                        documents.add(document);
                        matching.add(bytes);
                    })) {
                afterSequence.run();
            }
        }
        return new MatchedWindow(
                WindowDocuments.of(documents),
                SparseRows.byDocument(matching.end(), documents.size()));
    }

    private static List<Item> items(Cluster cluster, Selection selection) {
        Map<String, Item> known = TopicTable.read(cluster, TopicCatalogue.ITEMS);
        var items = new ArrayList<Item>(selection.getItems().size());
        for (ItemRef ref : selection.getItems()) {
            var item = known.get(Keys.item(ref));
            if (item == null) {
                throw new RefusedInput(
                        "intervention %s selects item '%s' of %s, which is not in %s: import it"
                                .formatted(
                                        selection.getIntervention(),
                                        ref.getId(),
                                        ref.getBenchmark(),
                                        TopicCatalogue.ITEMS.name()));
            }
            items.add(item);
        }
        return items;
    }
}
