package io.retcon.deploy.bench;

import io.retcon.indexer.bm25.Bm25;
import io.retcon.indexer.bm25.Bm25Scorer;
import io.retcon.indexer.index.TextIndex;
import io.retcon.indexer.match.Bm25Matcher;
import io.retcon.indexer.match.Cut;
import io.retcon.indexer.match.QueryText;
import io.retcon.schemas.record.Item;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The durable index of all words, and the batch scorer over it beside Lucene's own searcher. */
record FullIndexBench(BenchDocuments documents, List<Item> items, int topK, double bandwidth) {
    /** Documents a sequence, about as many as fit one of 4,096 tokens. */
    private static final int SEQUENCE = 8;

    /** One of so many items is asked of the peer, which takes long. */
    private static final int SAMPLE = 10;

    /**
     * @param bm25sIndexing MB/s that bm25s indexed in this run, if it did
     * @param folder to put the index into
     */
    List<Measurement> measure(
            Optional<Double> bm25sIndexing, boolean withLucene, int rounds, Path folder) {
        var indexing = new Rounds();
        var querying = new Rounds();
        for (int round = 0; round < rounds; round++) {
            var files = folder.resolve("index-" + round);
            var timer = new CpuTimer();
            var bytes = new long[1];
            try (var index = new TextIndex(files)) {
                documents.forEachBatch(
                        batch -> {
                            timer.time(() -> add(index, batch));
                            batch.forEach(text -> bytes[0] += text.length);
                        });
                var query = new CpuTimer();
                var matcher = matcher();
                var queries = matcher.queries(items);
                Bm25Scorer scorer = query.time(() -> index.scorer(matcher.bm25(), queries));
                var found = new long[1];
                query.time(
                        () ->
                                matcher.matches(scorer, items.size())
                                        .forEach(ours -> found[0] += ours.documents().length));
                double rate = bytes[0] / 1e6 / timer.seconds();
                bm25sIndexing.ifPresentOrElse(
                        theirs -> indexing.add(rate, theirs), () -> indexing.add(rate));
                double answered = items.size() / query.seconds();
                if (withLucene) {
                    querying.add(answered, lucene(files, queries));
                } else {
                    querying.add(answered);
                }
            }
        }
        return List.of(
                indexing.measurement(
                        "match/lucene-index",
                        "MB/s a core",
                        "bm25s",
                        0,
                        "%.1f %% of one core's memory bandwidth: Lucene's writer, texts and all words"
                                .formatted(100 * indexing.ours() * 1e6 / bandwidth)),
                querying.measurement(
                        "match/lucene-query",
                        "items/s a core",
                        "Lucene's IndexSearcher, one item of %d, without lengths".formatted(SAMPLE),
                        0,
                        "reads the postings of the items' words once, then as match/bm25-query"));
    }

    private static void add(TextIndex index, List<byte[]> batch) {
        for (int from = 0; from < batch.size(); from += SEQUENCE) {
            index.add(batch.subList(from, Math.min(from + SEQUENCE, batch.size())));
        }
    }

    /** Items a second. */
    private double lucene(Path files, List<String> queries) {
        try (var peer = new LucenePeer(files, matcher().bm25().tokenization())) {
            int asked = 0;
            var timer = new CpuTimer();
            for (int i = 0; i < queries.size(); i += SAMPLE) {
                var query = queries.get(i);
                timer.time(() -> peer.search(query, matcher().cut().topK().orElseThrow()));
                asked++;
            }
            return asked / timer.seconds();
        }
    }

    private Bm25Matcher matcher() {
        int k = Math.min(topK, documents.count());
        return new Bm25Matcher(QueryText.QUESTION_AND_GOLD, new Bm25(), Cut.topK(k));
    }
}
