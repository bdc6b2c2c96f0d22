package io.retcon.indexer.window;

import io.retcon.indexer.index.Advance;
import io.retcon.indexer.index.WindowDocuments;
import io.retcon.indexer.match.CooccurrenceMatcher;
import io.retcon.indexer.match.Matcher;
import io.retcon.indexer.match.Matching;
import io.retcon.indexer.match.OccurrenceMatcher;
import io.retcon.indexer.match.SparseRows;
import io.retcon.indexer.text.TokenText;
import io.retcon.schemas.history.RunManifests;
import io.retcon.schemas.history.Window;
import io.retcon.schemas.record.DocumentRef;
import io.retcon.schemas.record.Item;
import io.retcon.schemas.topic.Cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
            var pass = joined(matcher, matching);
            while (text.next(
                    (document, bytes) -> {
                        documents.add(document);
                        pass.add(document, bytes);
                    })) {
                advance.by(1);
            }
            return MatchedWindow.of(
                    WindowDocuments.of(documents),
                    SparseRows.byDocument(pass.end(), documents.size()),
                    manifests.of(run),
                    Optional.empty());
        }
    }

    /** Matchers of terms take documents whole; the others score the parts of those that are cut. */
    private JoinedTexts joined(Matcher matcher, Matching matching) {
        return switch (matcher) {
            case CooccurrenceMatcher _, OccurrenceMatcher _ ->
                    JoinedTexts.whole(matching, manifests.of(run));
            default -> JoinedTexts.parts(matching);
        };
    }

    @Override
    public void close() {}
}
