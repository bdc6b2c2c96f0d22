package io.retcon.indexer.window;

import io.retcon.indexer.index.Advance;
import io.retcon.indexer.index.WindowDocuments;
import io.retcon.indexer.match.Matcher;
import io.retcon.indexer.match.SparseRows;
import io.retcon.indexer.text.TokenText;
import io.retcon.schemas.history.RunManifests;
import io.retcon.schemas.history.Window;
import io.retcon.schemas.record.DocumentRef;
import io.retcon.schemas.record.Item;
import io.retcon.schemas.topic.Cluster;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads windows from retcon.history as they are matched, and keeps nothing on disk. Holds the place
 * of every document (about 150 bytes each), but one sequence's text at a time.
 */
record TopicSource(Cluster cluster, RunManifests manifests, String run) implements WindowSource {
    @Override
    public int passes() {
        return 1;
    }

    @Override
    public MatchedWindow match(Window window, Matcher matcher, List<Item> items, Advance advance) {
        var documents = new ArrayList<DocumentRef>();
        try (var matching = matcher.begin(items);
                var tokenText = TokenText.of(manifests, run);
                var text = new WindowText(cluster, run, manifests, tokenText, window)) {
            while (text.next(
                    (document, bytes) -> {
                        documents.add(document);
                        matching.add(document.getId(), bytes);
                    })) {
                advance.by(1);
            }
            return new MatchedWindow(
                    WindowDocuments.of(documents),
                    SparseRows.byDocument(matching.end(), documents.size()));
        }
    }

    @Override
    public void close() {}
}
