package io.retcon.deploy.bench;

import io.retcon.deploy.cli.ProgressLine;
import io.retcon.deploy.component.Stages;
import io.retcon.deploy.stack.Component;
import io.retcon.deploy.stack.Components;
import io.retcon.deploy.stack.DataFolder;
import io.retcon.deploy.stack.Stack;
import io.retcon.schemas.topic.Cluster;
import io.retcon.schemas.topic.Keys;
import io.retcon.schemas.topic.TopicCatalogue;
import io.retcon.schemas.topic.Transaction;
import io.retcon.streams.ingest.HistoryImport;
import io.retcon.streams.ingest.HistoryShape;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The swap through a broker in this process: the whole path from matches to the overlay, beside the
 * script; the rewriting topology beside what the broker takes from a plain producer; and the heap
 * that the topology needs on a window and on half of it.
 */
final class TopologyBench {
    private static final int PARTITIONS = 4;

    private final SwapWindow window;
    private final SwapWindow donors;
    private final ProgressLine line;

    TopologyBench(SwapWindow window, SwapWindow donors, ProgressLine line) {
        this.window = window;
        this.donors = donors;
        this.line = line;
    }

    /**
     * @param folder for the broker's data and the peer's results
     */
    List<Measurement> measure(List<NumpySwapPeer> peers, int rounds, Path folder) {
        line.stage("starting a broker");
        try (var data = DataFolder.claim(folder.resolve("data"));
                var stack = Stack.embedded(data, 0, PARTITIONS, List.of(), part -> {})) {
            var cluster = stack.cluster();
            importHistory(cluster);
            var path = new SwapPath(cluster, data.path());
            var measurements = new ArrayList<Measurement>();
            measurements.addAll(wholePath(path, peers, rounds, folder));
            measurements.add(memory(path));
            measurements.add(throughput(path, rounds));
            return measurements;
        }
    }

    private void importHistory(Cluster cluster) {
        var shape = window.shape();
        new HistoryImport(
                        cluster,
                        new HistoryShape(
                                Swap.RUN,
                                shape.sequencesPerStep(),
                                shape.tokens(),
                                SwapShape.VOCABULARY,
                                SwapShape.EOS,
                                Optional.empty()),
                        Optional.empty())
                .run(
                        Stream.concat(window.files().stream(), donors.files().stream()).toList(),
                        refused -> {
                            throw refused;
                        },
                        steps -> line.update("importing steps", steps, 2L * shape.steps()));
    }

    private List<Measurement> wholePath(
            SwapPath path, List<NumpySwapPeer> peers, int rounds, Path folder) {
        var seen = new SwapRounds(peers);
        try (var running = path.start(Stages.planning(), Stages.rewriting())) {
            for (int round = 0; round <= rounds; round++) {
                line.stage("from matches to the overlay");
                var swap = Swap.ofShare("path-" + round, window, donors);
                double rate = swap.sequences() / path.secondsToOverlay(swap);
                if (round > 0) { // the first one compiles
                    var said =
                            peers.stream()
                                    .map(
                                            peer ->
                                                    peer.run(
                                                            swap,
                                                            folder.resolve("lists"),
                                                            folder.resolve("peer")))
                                    .toList();
                    seen.add(rate, said, theirs -> swap.sequences() / theirs.wallSeconds());
                }
            }
            path.check(running);
        }
        return seen.measurements(
                "rewrite/topologies",
                "sequences/s",
                "from the last match to the overlay's end, by the clock: history is fetched twice from the broker, for donors and for targets, %.0f MB/s together"
                        .formatted(2 * seen.ours() * bytesPerSequence() / 1e6));
    }

    private Measurement memory(SwapPath path) {
        line.stage("heap of rewriting half the window");
        var half = Swap.ofEverySequence("half", window, window.shape().steps() / 2, donors);
        long smaller = liveSet(path, half);
        line.stage("heap of rewriting the window");
        var whole = Swap.ofEverySequence("whole", window, window.shape().steps(), donors);
        long larger = liveSet(path, whole);
        return new Measurement(
                "rewrite/heap",
                larger / 1e6,
                Optional.of(smaller / 1e6),
                "half the window",
                "MB",
                Optional.of((double) smaller / larger),
                PeakMemory.bytes(),
                Optional.empty(),
                "most heap in use after a collection, with the broker's, %d and %d sequences; at best 1 times"
                        .formatted(whole.sequences(), half.sequences()));
    }

    private static long liveSet(SwapPath path, Swap swap) {
        path.plan(swap);
        try (var live = LiveSet.watched()) {
            path.rewrite(swap);
            return live.most();
        }
    }

    private Measurement throughput(SwapPath path, int rounds) {
        var rates = new ArrayList<Double>();
        Swap swap = null;
        for (int round = 0; round < rounds; round++) {
            line.stage("rewriting every sequence");
            swap =
                    Swap.ofEverySequence(
                            "throughput-" + round, window, window.shape().steps(), donors);
            path.plan(swap);
            rates.add(path.rewrite(swap).megabytesPerSecond());
        }
        line.stage("producing the same records");
        var plain = new PlainProducer(path.cluster()).rates(TopicCatalogue.REWRITES, swap, rounds);
        var seen = new Rounds();
        for (int round = 0; round < rounds; round++) {
            seen.add(rates.get(round), plain.get(round));
        }
        return seen.measurement(
                "rewrite/throughput",
                "MB/s",
                "plain producer",
                0,
                "by the clock, every sequence changed; at least 0.6 times: the rewriter also reads"
                        + " history and plans from the same broker");
    }

    private double bytesPerSequence() {
        return window.shape().tokens() * (double) Integer.BYTES;
    }

    /** What interventions pass on this cluster. */
    private record SwapPath(Cluster cluster, Path data) {
        Components start(Component... components) {
            return Components.start(List.of(components), cluster, data, part -> {});
        }

        void check(Components running) {
            if (running.ended().isCompletedExceptionally()) {
                running.ended().join();
            }
        }

        void publish(Swap swap) {
            var matches = swap.matches();
            try (var transaction = new Transaction(cluster, "bench-matches")) {
                transaction.send(TopicCatalogue.SELECTIONS, swap.id(), swap.selection());
                for (int i = 0; i < matches.size(); i++) {
                    transaction.send(
                            TopicCatalogue.MATCHES, Keys.join(swap.id(), i), matches.get(i));
                }
                transaction.commit();
            }
        }

        /** From when all matches are visible to when all rewritten sequences are. */
        double secondsToOverlay(Swap swap) {
            try (var overlay = rewrites(swap)) {
                publish(swap);
                long start = System.nanoTime();
                overlay.await();
                return (System.nanoTime() - start) / 1e9;
            }
        }

        void plan(Swap swap) {
            var plans = cluster.serde(TopicCatalogue.PLANS).deserializer();
            try (var running = start(Stages.planning());
                    var arriving =
                            new Arrivals(
                                    cluster,
                                    TopicCatalogue.PLANS,
                                    swap,
                                    record ->
                                            plans.deserialize(record.topic(), record.value())
                                                    .getClosing()
                                                    .orElseThrow()
                                                    .getRecords())) {
                publish(swap);
                arriving.await();
                check(running);
            }
        }

        Arrivals.Seen rewrite(Swap swap) {
            try (var overlay = rewrites(swap);
                    var running = start(Stages.rewriting())) {
                var seen = overlay.await();
                check(running);
                return seen;
            }
        }

        private Arrivals rewrites(Swap swap) {
            var rewrites = cluster.serde(TopicCatalogue.REWRITES).deserializer();
            return new Arrivals(
                    cluster,
                    TopicCatalogue.REWRITES,
                    swap,
                    record ->
                            rewrites.deserialize(record.topic(), record.value())
                                    .getClosing()
                                    .orElseThrow()
                                    .getRecords());
        }
    }
}
