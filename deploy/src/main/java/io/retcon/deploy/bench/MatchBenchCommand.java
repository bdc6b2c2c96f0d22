package io.retcon.deploy.bench;

import io.retcon.deploy.cli.OutputOption;
import io.retcon.deploy.cli.ProgressLine;
import io.retcon.deploy.cli.ScratchFolder;
import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.item.ItemFile;
import io.retcon.schemas.record.Item;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/** Matching, beside ripgrep, bm25s and Lucene's searcher. */
@Command(
        name = "match",
        description =
                "Matching a core, ours and each peer's in turn: ripgrep and bm25s where they are"
                        + " installed, Lucene's searcher always.")
public final class MatchBenchCommand implements Callable<Integer> {
    private static final int ITEMS = 9253;
    private static final long SEED = 1;

    @Option(
            names = "--corpus",
            arity = "1..*",
            paramLabel = "FILE",
            description = "Documents as JSONL, plain or .gz, instead of generated ones.")
    private List<Path> corpus = List.of();

    @Option(
            names = "--items",
            arity = "1..*",
            paramLabel = "FILE",
            description =
                    "Items as JSONL, plain or .gz, with subject and object, instead of generated"
                            + " ones.")
    private List<Path> itemFiles = List.of();

    @Option(
            names = "--documents",
            defaultValue = "100000",
            description = "Documents to generate (default: ${DEFAULT-VALUE}).")
    private int documents;

    @Option(
            names = "--words",
            defaultValue = "400",
            description = "Words in a generated document (default: ${DEFAULT-VALUE}).")
    private int words;

    @Option(
            names = "--top-k",
            defaultValue = "10000",
            description = "BM25: documents an item (default: ${DEFAULT-VALUE}).")
    private int topK;

    @Option(
            names = "--rounds",
            defaultValue = "3",
            description = "Rounds of ours and the peer in turn (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(names = "--no-peer", description = "Ours alone.")
    private boolean alone;

    @Option(
            names = "--bm25s",
            paramLabel = "FOLDER",
            defaultValue = "${env:RETCON_BM25S}",
            description = "Folder to import bm25s from (default: where RETCON_BM25S says).")
    private Path bm25s;

    @Mixin private OutputOption output;

    @Override
    public Integer call() {
        if (documents < 2 || words < 1 || topK < 1 || rounds < 1) {
            throw new RefusedInput(
                    "there is nothing to measure: say --documents 2 or more, --words, --top-k and"
                            + " --rounds 1 or more");
        }
        try (var scratch = ScratchFolder.create("retcon-bench");
                var line = ProgressLine.onStandardError()) {
            output.rows(measure(line, scratch.path()), Measurement.COLUMNS);
        }
        return 0;
    }

    private List<Measurement> measure(ProgressLine line, Path folder) {
        var items = items(line);
        line.stage("memory bandwidth");
        double bandwidth = MemoryBandwidth.measure();
        var source =
                corpus.isEmpty()
                        ? new GeneratedDocuments(documents, words, items, SEED)
                        : CorpusDocuments.of(corpus);
        var measurements = new ArrayList<Measurement>();

        line.stage("doubling the documents");
        var ranking = new RankingBench(source, items, topK, bandwidth);
        measurements.add(ranking.doubling());
        line.stage("co-occurrence");
        measurements.add(
                new CooccurrenceBench(source, items, bandwidth)
                        .measure(ripgrep(line), rounds, folder));
        line.stage("BM25 of the items' words");
        var ofRanking = ranking.measure(bm25s(line), rounds, folder);
        measurements.addAll(ofRanking);
        line.stage("BM25 over Lucene's index");
        measurements.addAll(
                new FullIndexBench(source, items, topK, bandwidth)
                        .measure(ofRanking.getFirst().peer(), !alone, rounds, folder));
        return measurements;
    }

    private List<Item> items(ProgressLine line) {
        if (itemFiles.isEmpty()) {
            return GeneratedItems.of(ITEMS, SEED);
        }
        var items = new ArrayList<Item>();
        for (var file : itemFiles) {
            new ItemFile(file).read(items::add, refused -> line.note(refused.getMessage()));
        }
        if (items.isEmpty()) {
            throw new RefusedInput("there is no item in %s".formatted(itemFiles));
        }
        return items;
    }

    private Optional<RgPeer> ripgrep(ProgressLine line) {
        var peer = alone ? Optional.<RgPeer>empty() : RgPeer.find();
        if (peer.isEmpty() && !alone) {
            line.note("there is no rg on the PATH (Debian: ripgrep): ours alone");
        }
        return peer;
    }

    private Optional<Bm25sPeer> bm25s(ProgressLine line) {
        var peer = alone ? Optional.<Bm25sPeer>empty() : Bm25sPeer.find(Optional.ofNullable(bm25s));
        if (peer.isEmpty() && !alone) {
            line.note("no Python here has bm25s (PyPI: bm25s, Debian: python3-numba): ours alone");
        }
        return peer;
    }
}
