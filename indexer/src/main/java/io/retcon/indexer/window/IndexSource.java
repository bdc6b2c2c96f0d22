package io.retcon.indexer.window;

import static java.lang.System.Logger.Level.WARNING;
import static java.util.Objects.requireNonNull;

import io.retcon.indexer.bm25.Bm25Scorer;
import io.retcon.indexer.bm25.QueryWords;
import io.retcon.indexer.dense.Part;
import io.retcon.indexer.dense.Recall;
import io.retcon.indexer.dense.StoreFilling;
import io.retcon.indexer.dense.StoredVectors;
import io.retcon.indexer.dense.VectorGraph;
import io.retcon.indexer.dense.VectorIdentity;
import io.retcon.indexer.dense.VectorStore;
import io.retcon.indexer.index.Advance;
import io.retcon.indexer.index.WindowIndex;
import io.retcon.indexer.match.Bm25Matcher;
import io.retcon.indexer.match.CooccurrenceMatcher;
import io.retcon.indexer.match.DenseMatcher;
import io.retcon.indexer.match.GivenMatcher;
import io.retcon.indexer.match.Matcher;
import io.retcon.indexer.match.Matches;
import io.retcon.indexer.match.OccurrenceMatcher;
import io.retcon.indexer.match.SparseRows;
import io.retcon.schemas.history.RunManifests;
import io.retcon.schemas.history.Window;
import io.retcon.schemas.record.DocumentRef;
import io.retcon.schemas.record.Item;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;

/** Answers from window indexes, which are filled first where they are not. Not thread-safe. */
final class IndexSource implements WindowSource {
    private static final System.Logger LOG = System.getLogger(IndexSource.class.getName());
    private static final byte[] NO_TEXT = {};

    private final Windows windows;
    private final RunManifests manifests;
    private final String run;
    private final Deque<WindowIndex> opened = new ArrayDeque<>();

    IndexSource(Windows windows, RunManifests manifests, String run) {
        this.windows = requireNonNull(windows, "windows is null");
        this.manifests = requireNonNull(manifests, "manifests is null");
        this.run = requireNonNull(run, "run is null");
    }

    @Override
    public int passes() {
        return 2; // Into the index, and out of it.
    }

    @Override
    public MatchedWindow match(Window window, Matcher matcher, List<Item> items, Advance advance) {
        var index = windows.indexes().open(manifests, run, window, advance);
        opened.push(index);
        return switch (matcher) {
            case Bm25Matcher bm25 -> byWords(bm25, index, items, advance);
            case DenseMatcher dense -> byVectors(dense, window, index, items, advance);
            case CooccurrenceMatcher _, OccurrenceMatcher _ ->
                    byText(matcher, index, items, advance);
            case GivenMatcher given -> byIdentifier(given, index, items, advance);
        };
    }

    private MatchedWindow byText(
            Matcher matcher, WindowIndex index, List<Item> items, Advance advance) {
        try (var matching = matcher.begin(items)) {
            var joined = JoinedTexts.whole(matching, manifests.of(run));
            index.texts(texts(joined::add, advance));
            return matched(index, joined.end());
        }
    }

    /** No text is read for it. */
    private MatchedWindow byIdentifier(
            GivenMatcher matcher, WindowIndex index, List<Item> items, Advance advance) {
        try (var matching = matcher.begin(items)) {
            index.forEach(document -> matching.add(document.getId(), NO_TEXT));
            advance.by(index.sequences());
            return matched(index, matching.end());
        }
    }

    private MatchedWindow byWords(
            Bm25Matcher matcher, WindowIndex index, List<Item> items, Advance advance) {
        var bm25 = matcher.bm25();
        var queries = new QueryWords(bm25.tokenization(), matcher.queries(items));
        var scorer = new Bm25Scorer(bm25, queries, index.words(queries, bm25.tokenization()));
        advance.by(index.sequences());
        return matched(index, matcher.matches(scorer, items.size()));
    }

    /** Encodes what is not encoded yet, which takes by far the longest; the rest is kept. */
    private MatchedWindow byVectors(
            DenseMatcher matcher,
            Window window,
            WindowIndex index,
            List<Item> items,
            Advance advance) {
        try (var encoder = matcher.open()) {
            var questions = matcher.questions(encoder, items);
            var folder = windows.vectors().of(run, window, encoder.sha256());
            var identity = VectorIdentity.of(index.identity(), encoder);
            try (var store = VectorStore.open(folder.resolve("all"), identity, this::warn)) {
                if (store.documents() == index.size()) {
                    advance.by(index.sequences());
                } else {
                    var filling = new StoreFilling(encoder, store, this::warn);
                    index.texts(texts((_, text) -> filling.add(text), advance));
                    filling.end();
                }
                try (var vectors = store.vectors()) {
                    return switch (matcher.search()) {
                        case EXACT ->
                                matched(
                                        index,
                                        matcher.matches(questions, List.of(Part.whole(vectors))));
                        case APPROXIMATE ->
                                approximately(matcher, index, questions, vectors, identity, folder);
                    };
                }
            }
        }
    }

    private MatchedWindow approximately(
            DenseMatcher matcher,
            WindowIndex index,
            List<float[]> questions,
            StoredVectors vectors,
            VectorIdentity identity,
            Path folder) {
        var missed = new AtomicReference<Recall>();
        try (var graph = VectorGraph.open(folder.resolve("graph"), identity, vectors, this::warn)) {
            var found =
                    matcher.approximateMatches(questions, List.of(Part.whole(graph)), missed::set);
            var rows = SparseRows.byDocument(found, index.size());
            return MatchedWindow.of(
                    index,
                    rows,
                    manifests.of(run),
                    Optional.of(missed.get()).map(Recall::toString));
        }
    }

    private MatchedWindow matched(WindowIndex index, Matches matches) {
        var rows = SparseRows.byDocument(matches, index.size());
        return MatchedWindow.of(index, rows, manifests.of(run), Optional.empty());
    }

    private static WindowIndex.TextSink texts(
            BiConsumer<DocumentRef, byte[]> texts, Advance advance) {
        return new WindowIndex.TextSink() {
            @Override
            public void document(DocumentRef place, byte[] text) {
                texts.accept(place, text);
            }

            @Override
            public void endOfSequence() {
                advance.by(1);
            }
        };
    }

    private void warn(String message) {
        LOG.log(WARNING, message);
    }

    @Override
    public void close() {
        opened.forEach(WindowIndex::close);
    }
}
