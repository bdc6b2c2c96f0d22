package io.retcon.indexer.window;

import static java.util.Objects.requireNonNull;

import io.retcon.indexer.bm25.Bm25Scorer;
import io.retcon.indexer.bm25.QueryWords;
import io.retcon.indexer.index.Advance;
import io.retcon.indexer.index.WindowIndex;
import io.retcon.indexer.index.WindowIndexes;
import io.retcon.indexer.match.Bm25Matcher;
import io.retcon.indexer.match.Matcher;
import io.retcon.indexer.match.Matches;
import io.retcon.indexer.match.SparseRows;
import io.retcon.schemas.history.RunManifests;
import io.retcon.schemas.history.Window;
import io.retcon.schemas.record.Item;

import java.util.ArrayList;
import java.util.List;

/** Answers from window indexes, which are filled first where they are not. Not thread-safe. */
final class IndexSource implements WindowSource {
    private final WindowIndexes indexes;
    private final RunManifests manifests;
    private final String run;
    private final List<WindowIndex> opened = new ArrayList<>();

    IndexSource(WindowIndexes indexes, RunManifests manifests, String run) {
        this.indexes = requireNonNull(indexes, "indexes is null");
        this.manifests = requireNonNull(manifests, "manifests is null");
        this.run = requireNonNull(run, "run is null");
    }

    @Override
    public int passes() {
        return 2; // Into the index, and out of it.
    }

    @Override
    public MatchedWindow match(Window window, Matcher matcher, List<Item> items, Advance advance) {
        var index = indexes.open(manifests, run, window, advance);
        opened.add(index);
        var matches =
                switch (matcher) {
                    case Bm25Matcher bm25 -> byWords(bm25, index, items, advance);
                    default -> byText(matcher, index, items, advance);
                };
        return new MatchedWindow(index, SparseRows.byDocument(matches, index.size()));
    }

    private static Matches byText(
            Matcher matcher, WindowIndex index, List<Item> items, Advance advance) {
        var matching = matcher.begin(items);
        index.texts(
                new WindowIndex.TextSink() {
                    @Override
                    public void document(byte[] text) {
                        matching.add(text);
                    }

                    @Override
                    public void endOfSequence() {
                        advance.by(1);
                    }
                });
        return matching.end();
    }

    private static Matches byWords(
            Bm25Matcher matcher, WindowIndex index, List<Item> items, Advance advance) {
        var bm25 = matcher.bm25();
        var queries = new QueryWords(bm25.tokenization(), matcher.queries(items));
        var scorer = new Bm25Scorer(bm25, queries, index.words(queries, bm25.tokenization()));
        advance.by(index.sequences());
        return matcher.matches(scorer, items.size());
    }

    @Override
    public void close() {
        opened.forEach(WindowIndex::close);
    }
}
