package io.retcon.deploy.bench;

import io.retcon.indexer.bm25.Bm25;
import io.retcon.indexer.match.Bm25Matcher;
import io.retcon.indexer.match.Cut;
import io.retcon.indexer.match.ItemMatches;
import io.retcon.indexer.match.QueryText;
import io.retcon.schemas.record.Item;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** BM25 over an index of the items' words alone, beside bm25s. */
record RankingBench(BenchDocuments documents, List<Item> items, int topK, double bandwidth) {
    /** A document's number and its score. */
    private static final int ROW_BYTES = Integer.BYTES + Double.BYTES;

    /**
     * One pass of ours.
     *
     * @param rows documents found, for all items together
     */
    record Pass(long bytes, double indexSeconds, double querySeconds, long rows) {
        double indexRate() {
            return bytes / 1e6 / indexSeconds;
        }

        double seconds() {
            return indexSeconds + querySeconds;
        }
    }

    /**
     * @param folder to put the peer's files into
     */
    List<Measurement> measure(Optional<Bm25sPeer> peer, int rounds, Path folder) {
        var texts = folder.resolve("documents.jsonl");
        var queries = folder.resolve("queries.jsonl");
        var found = folder.resolve("found");
        if (peer.isPresent()) {
            Bm25sPeer.write(documents, texts);
            Bm25sPeer.write(matcher().queries(items), queries);
        }
        var indexing = new Rounds();
        var querying = new Rounds();
        long peerMemory = 0;
        var agreement = new Agreement(found, topK());
        double perSecond = 0;
        for (int round = 0; round < rounds; round++) {
            if (peer.isPresent()) {
                var said = peer.get().run(texts, queries, topK(), found);
                boolean last = round == rounds - 1;
                var pass = pass(last ? agreement : matches -> {});
                indexing.add(pass.indexRate(), pass.bytes() / 1e6 / said.indexSeconds());
                querying.add(
                        items.size() / pass.querySeconds(), items.size() / said.querySeconds());
                peerMemory = Math.max(peerMemory, said.memoryBytes());
                perSecond = pass.rows() / pass.querySeconds();
            } else {
                var pass = pass(matches -> {});
                indexing.add(pass.indexRate());
                querying.add(items.size() / pass.querySeconds());
                perSecond = pass.rows() / pass.querySeconds();
            }
        }
        var peerName = peer.map(Bm25sPeer::name).orElse("none");
        var measurements = new ArrayList<Measurement>();
        measurements.add(
                indexing.measurement(
                        "match/bm25-index",
                        "MB/s a core",
                        peerName,
                        peerMemory,
                        "%.1f %% of one core's memory bandwidth: cutting texts into words"
                                .formatted(100 * indexing.ours() * 1e6 / bandwidth)));
        measurements.add(
                querying.measurement(
                        "match/bm25-query",
                        "items/s a core",
                        peerName,
                        peerMemory,
                        "%.0f million rows a second, of 12 bytes: %.1f %% of one core's memory bandwidth"
                                .formatted(
                                        perSecond / 1e6, 100 * ROW_BYTES * perSecond / bandwidth)));
        if (peer.isPresent()) {
            measurements.add(agreement.measurement(peerName));
        }
        return measurements;
    }

    /** What all documents cost beside half of them, once all is compiled. */
    Measurement doubling() {
        var half = new RankingBench(documents.first(documents.count() / 2), items, topK, bandwidth);
        half.pass(matches -> {});
        double seconds = half.pass(matches -> {}).seconds();
        double doubled = pass(matches -> {}).seconds();
        var rounds = new Rounds();
        rounds.add(doubled / seconds);
        return rounds.measurement(
                "match/bm25-doubling",
                "times",
                "none",
                0,
                "%.1f s for %d documents, %.1f s for %d"
                        .formatted(seconds, half.documents.count(), doubled, documents.count()));
    }

    private Pass pass(Consumer<ItemMatches.Scored> sink) {
        var matcher = matcher();
        var indexing = new CpuTimer();
        var querying = new CpuTimer();
        var bytes = new long[1];
        var rows = new long[1];
        var matching = querying.time(() -> matcher.begin(items));
        documents.forEachBatch(
                batch -> {
                    indexing.time(() -> batch.forEach(matching::add));
                    batch.forEach(text -> bytes[0] += text.length);
                });
        var comparing = new CpuTimer();
        querying.time(
                () ->
                        matching.end()
                                .forEach(
                                        found -> {
                                            rows[0] += found.documents().length;
                                            if (found instanceof ItemMatches.Scored scored) {
                                                comparing.time(() -> sink.accept(scored));
                                            }
                                        }));
        return new Pass(
                bytes[0], indexing.seconds(), querying.seconds() - comparing.seconds(), rows[0]);
    }

    private Bm25Matcher matcher() {
        return new Bm25Matcher(QueryText.QUESTION_AND_GOLD, new Bm25(), Cut.topK(topK()));
    }

    /** The peer refuses more than there are documents. */
    @Override
    public int topK() {
        return Math.min(topK, documents.count());
    }
}
