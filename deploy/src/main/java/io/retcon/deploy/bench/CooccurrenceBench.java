package io.retcon.deploy.bench;

import io.retcon.indexer.match.Boundary;
import io.retcon.indexer.match.CooccurrenceMatcher;
import io.retcon.indexer.match.Matching;
import io.retcon.indexer.match.Overlap;
import io.retcon.schemas.record.Item;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Co-occurrence of all items in one pass, beside a search for the same terms. */
record CooccurrenceBench(BenchDocuments documents, List<Item> items, double bandwidth) {
    private static final long WARM_UP_BYTES = 300L << 20;

    /** Bytes of text, and the processor seconds that matching took. */
    private record Pass(long bytes, double seconds) {
        double megabytesPerSecond() {
            return bytes / 1e6 / seconds;
        }
    }

    /**
     * @param folder to put the peer's files into
     */
    Measurement measure(Optional<RgPeer> peer, int rounds, Path folder) {
        var corpus = folder.resolve("corpus.txt");
        var terms = folder.resolve("terms.txt");
        if (peer.isPresent()) {
            RgPeer.write(documents, corpus, terms(), terms);
        }
        warmUp();
        var seen = new Rounds();
        for (int round = 0; round < rounds; round++) {
            var pass = pass();
            if (peer.isPresent()) {
                double seconds = peer.get().seconds(corpus, terms);
                seen.add(pass.megabytesPerSecond(), pass.bytes() / 1e6 / seconds);
            } else {
                seen.add(pass.megabytesPerSecond());
            }
        }
        return seen.measurement(
                "match/cooccurrence",
                "MB/s a core",
                peer.map(RgPeer::name).orElse("none"),
                0,
                "%.0f %% of one core's memory bandwidth, %.1f GB/s: candidates after the first sieve"
                        .formatted(100 * seen.ours() * 1e6 / bandwidth, bandwidth / 1e9));
    }

    /** A process that lives long has compiled what it runs. */
    private void warmUp() {
        var matching = begin();
        var scanned = new long[1];
        documents
                .first(BenchDocuments.BATCH)
                .forEachBatch(
                        batch -> {
                            while (scanned[0] < WARM_UP_BYTES) {
                                batch.forEach(matching::add);
                                scanned[0] += bytes(batch);
                            }
                        });
    }

    private Pass pass() {
        var matching = begin();
        var timer = new CpuTimer();
        var bytes = new long[1];
        documents.forEachBatch(
                batch -> {
                    timer.time(() -> batch.forEach(matching::add));
                    bytes[0] += bytes(batch);
                });
        return new Pass(bytes[0], timer.seconds());
    }

    private Matching begin() {
        return new CooccurrenceMatcher(Overlap.REFERENCE, Boundary.NONE).begin(items);
    }

    private static long bytes(List<byte[]> batch) {
        return batch.stream().mapToLong(text -> text.length).sum();
    }

    private Set<String> terms() {
        var terms = new LinkedHashSet<String>();
        for (var item : items) {
            item.getSubject().ifPresent(terms::add);
            item.getObject().ifPresent(terms::add);
        }
        return terms;
    }
}
