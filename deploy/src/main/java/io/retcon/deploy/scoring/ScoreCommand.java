package io.retcon.deploy.scoring;

import io.retcon.deploy.cli.Column;
import io.retcon.deploy.cli.OutputOption;
import io.retcon.deploy.cli.ProgressLine;
import io.retcon.deploy.cli.Refusals;
import io.retcon.deploy.engine.EngineOption;
import io.retcon.retrainer.evaluation.PairTokens;
import io.retcon.retrainer.evaluation.Unconditional;
import io.retcon.retrainer.scoring.Accuracy;
import io.retcon.retrainer.scoring.ItemReader;
import io.retcon.retrainer.scoring.LocalScorer;
import io.retcon.retrainer.scoring.ScoredItem;
import io.retcon.retrainer.scoring.TokenizedItem;
import io.retcon.retrainer.training.CheckpointFolder;
import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.tokenizer.Tokenizer;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The scoring stage over local files. */
@Command(
        name = "score",
        description = {
            "Scores items under a checkpoint by the log-likelihoods of their choices; no broker"
                    + " needed.",
            "As a table: accuracy by benchmark and metric. As JSON: a line an item."
        })
public final class ScoreCommand implements Callable<Integer> {
    @Option(
            names = "--checkpoint",
            required = true,
            paramLabel = "DIR",
            description = "Hugging Face's config.json and model.safetensors (or its shards).")
    private Path checkpoint;

    @Option(
            names = "--items",
            required = true,
            arity = "1..*",
            paramLabel = "FILE",
            description =
                    "Items, OLMES requests, or tokenized items (id, context, choices), as JSON"
                            + " lines, plain, gzip or zstd.")
    private List<Path> items;

    @Option(
            names = "--tokenizer",
            paramLabel = "FILE",
            description = "tokenizer.json (default: the one in the checkpoint's folder).")
    private Optional<Path> tokenizer;

    @Option(
            names = "--unconditional",
            description =
                    "Score items' choices without their query too, for acc_uncond; requests files"
                            + " say so themselves.")
    private boolean unconditional;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads that score; scores don't depend on it (default: all cores).")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Mixin private EngineOption engine;
    @Mixin private OutputOption output;
    @Spec private CommandSpec command;

    @Override
    public Integer call() {
        if (threads < 1) {
            throw new RefusedInput("--threads must be 1 or more");
        }
        var elsewhere = engine.runElsewhere();
        if (elsewhere.isPresent()) {
            return elsewhere.getAsInt();
        }
        var folder = new CheckpointFolder(checkpoint);
        var refused = new Refusals(command.commandLine().getErr(), Refusals.Policy.GO_ON);
        int vocabulary = folder.config().sizes().vocabulary();
        List<ScoredItem> scored;
        try (var line = ProgressLine.onStandardError()) {
            line.stage("tokens");
            var asked = read(folder, vocabulary, refused);
            line.stage("weights");
            try (var model = folder.model()) {
                scored =
                        new LocalScorer(model, engine.compute(threads))
                                .score(
                                        asked,
                                        refused,
                                        (done, of) -> line.update("questions", done, of));
            }
        }
        sayTruncated(scored, folder);
        Accuracy.byBenchmark(scored).stream()
                .flatMap(accuracy -> accuracy.caveats().stream())
                .forEach(refused::caveat);
        print(scored);
        refused.settle();
        return 0;
    }

    private List<TokenizedItem> read(CheckpointFolder folder, int vocabulary, Refusals refused) {
        var file = tokenizer.or(folder::tokenizer);
        var opened = file.map(Tokenizer::ofFile);
        try {
            opened.ifPresent(t -> checkVocabulary(t, file.orElseThrow(), vocabulary));
            var reader =
                    new ItemReader(
                            opened.map(t -> pairs(t, folder)),
                            unconditional ? Unconditional.SCORED : Unconditional.SKIPPED);
            var all = new ArrayList<TokenizedItem>();
            items.forEach(path -> all.addAll(reader.read(path, refused)));
            if (all.isEmpty()) {
                throw new RefusedInput("no item could be read from %s: give some".formatted(items));
            }
            return all;
        } finally {
            opened.ifPresent(Tokenizer::close);
        }
    }

    private static PairTokens pairs(Tokenizer tokenizer, CheckpointFolder folder) {
        var eos = tokenizer.eos();
        return new PairTokens(tokenizer, eos.isPresent() ? eos : folder.eos());
    }

    private static void checkVocabulary(Tokenizer tokenizer, Path file, int vocabulary) {
        if (tokenizer.vocabulary() > vocabulary) {
            throw new RefusedInput(
                    "%s has a vocabulary of %d but the model embeds %d: give the model's own tokenizer"
                            .formatted(file, tokenizer.vocabulary(), vocabulary));
        }
    }

    private void sayTruncated(List<ScoredItem> scored, CheckpointFolder folder) {
        long truncated = scored.stream().filter(item -> item.truncated().isPresent()).count();
        if (truncated > 0) {
            PrintWriter err = command.commandLine().getErr();
            err.printf(
                    "%,d of %,d items were longer than the model's %,d positions: the beginning of"
                            + " their contexts was left out%n",
                    truncated, scored.size(), folder.config().sizes().positions());
            err.flush();
        }
    }

    private void print(List<ScoredItem> scored) {
        if (output.format() == OutputOption.Format.JSON) {
            output.rows(scored, List.of());
        } else if (scored.stream().allMatch(item -> item.gold().isEmpty())) {
            output.rows(scored.stream().flatMap(Choice::of).toList(), Choice.COLUMNS);
        } else {
            var accuracies = Accuracy.byBenchmark(scored);
            output.rows(accuracies, columns(accuracies));
        }
    }

    /** One choice of an item of which nobody said what is right. */
    record Choice(String item, int choice, int tokens, double logLikelihood) {
        static final List<Column<Choice>> COLUMNS =
                List.of(
                        new Column<>("item", Choice::item),
                        new Column<>("choice", Choice::choice),
                        new Column<>("tokens", Choice::tokens),
                        new Column<>("log-likelihood", Choice::logLikelihood));

        static Stream<Choice> of(ScoredItem item) {
            return IntStream.range(0, item.tokens().size())
                    .mapToObj(
                            c ->
                                    new Choice(
                                            item.id(),
                                            c,
                                            item.tokens().get(c),
                                            item.logLikelihoods().get(c)));
        }
    }

    private static List<Column<Accuracy>> columns(List<Accuracy> accuracies) {
        var metrics = new TreeSet<String>();
        accuracies.forEach(a -> metrics.addAll(a.accuracies().keySet()));
        var columns = new ArrayList<Column<Accuracy>>();
        columns.add(new Column<>("benchmark", Accuracy::benchmark));
        columns.add(new Column<>("items", Accuracy::items));
        for (var metric : metrics) {
            columns.add(new Column<>(metric, a -> Optional.ofNullable(a.accuracies().get(metric))));
        }
        columns.add(new Column<>("margin", Accuracy::margin));
        columns.add(new Column<>("truncated", Accuracy::truncated));
        return columns;
    }
}
