package io.retcon.deploy.ingest;

import io.retcon.deploy.cli.ClusterOption;
import io.retcon.deploy.cli.OutputOption;
import io.retcon.deploy.cli.ProgressLine;
import io.retcon.deploy.cli.Refusals;
import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.history.TokenType;
import io.retcon.schemas.tokenizer.Tokenizer;
import io.retcon.streams.ingest.HistoryImport;
import io.retcon.streams.ingest.HistoryShape;
import io.retcon.streams.ingest.ImportedHistory;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/** Puts files into retcon.history as one run. */
@Command(
        name = "import",
        description = {
            "Imports files, in the order given, as the history of one run.",
            "What a file is, its first bytes say: JSON lines (id, text; plain, gzip or zstd) are"
                    + " tokenized and packed; NumPy arrays and headerless files hold tokens"
                    + " already."
        })
public final class HistoryImportCommand implements Callable<Integer> {
    /** What was imported. */
    public record Imported(
            String run,
            long steps,
            int sequencesPerStep,
            int tokensPerSequence,
            int vocabulary,
            int eos,
            int partitions,
            List<String> caveats) {}

    @Parameters(paramLabel = "PATH", arity = "1..*", description = "Files, in training order.")
    private List<Path> files;

    @Option(names = "--run", required = true, description = "Name of the run.")
    private String run;

    @Option(names = "--batch", required = true, description = "Sequences a step (B).")
    private int batch;

    @Option(names = "--sequence-length", required = true, description = "Tokens a sequence (T).")
    private int sequenceLength;

    @Option(
            names = "--tokenizer",
            paramLabel = "FILE",
            description = "The run's tokenizer.json; needed for text, and for matching by text.")
    private Optional<Path> tokenizer;

    @Option(
            names = "--eos",
            paramLabel = "ID",
            description =
                    "Token that ends a document (default: the tokenizer's <|endoftext|>, </s> or"
                            + " <eos>; 0 without a tokenizer).")
    private Optional<Integer> eos;

    @Option(
            names = "--vocabulary",
            paramLabel = "SIZE",
            description = "Number of token ids (default: the tokenizer's).")
    private Optional<Integer> vocabulary;

    @Option(
            names = "--token-type",
            paramLabel = "u8|u16|i32|u32|i64|u64",
            description = "How files without a header store a token; they are refused without.")
    private Optional<String> tokenType;

    @Option(names = "--strict", description = "Stop at the first malformed line.")
    private boolean strict;

    @Mixin private ClusterOption cluster;
    @Mixin private OutputOption output;
    @Spec private CommandSpec command;

    @Override
    public Integer call() {
        var refusals =
                new Refusals(
                        command.commandLine().getErr(),
                        strict ? Refusals.Policy.STOP : Refusals.Policy.GO_ON);
        var history = new HistoryImport(cluster.resolve(), shape(), headerless());
        ImportedHistory imported;
        try (var progress = ProgressLine.onStandardError()) {
            imported =
                    history.run(
                            files, refusals, steps -> progress.update("history steps", steps, 0));
        }
        imported.caveats().forEach(refusals::caveat);
        output.result(result(imported), HistoryImportCommand::text);
        refusals.settle();
        return 0;
    }

    private HistoryShape shape() {
        var words = tokenizer.map(Tokenizer::ofFile);
        int size =
                vocabulary
                        .or(() -> words.map(Tokenizer::vocabulary))
                        .orElseThrow(
                                () ->
                                        new RefusedInput(
                                                "the vocabulary's size is unknown: give"
                                                        + " --vocabulary or --tokenizer"));
        return new HistoryShape(run, batch, sequenceLength, size, eos(words), words);
    }

    private int eos(Optional<Tokenizer> words) {
        if (eos.isPresent() || words.isEmpty()) {
            return eos.orElse(0);
        }
        return words.get()
                .eos()
                .orElseThrow(
                        () ->
                                new RefusedInput(
                                        "%s names no token that ends a document: give its id with --eos"
                                                .formatted(tokenizer.get())));
    }

    private Optional<TokenType> headerless() {
        return tokenType.map(
                name ->
                        TokenType.find(name)
                                .orElseThrow(
                                        () ->
                                                new RefusedInput(
                                                        "token type '%s' is not known: use u8, u16, i32, u32, i64 or u64"
                                                                .formatted(name))));
    }

    private Imported result(ImportedHistory imported) {
        var manifest = imported.manifest();
        return new Imported(
                run,
                manifest.getSteps(),
                manifest.getSequencesPerStep(),
                manifest.getTokensPerSequence(),
                manifest.getVocabulary(),
                manifest.getEos(),
                manifest.getPartitions(),
                imported.caveats());
    }

    private static String text(Imported imported) {
        return "run %s: %,d steps of %d sequences of %d tokens, vocabulary %,d, EOS %d"
                .formatted(
                        imported.run(),
                        imported.steps(),
                        imported.sequencesPerStep(),
                        imported.tokensPerSequence(),
                        imported.vocabulary(),
                        imported.eos());
    }
}
