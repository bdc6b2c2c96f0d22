package io.retcon.deploy.training;

import io.retcon.deploy.cli.Column;
import io.retcon.deploy.cli.OutputOption;
import io.retcon.deploy.cli.ProgressLine;
import io.retcon.deploy.cli.TrainingFigures;
import io.retcon.deploy.engine.EngineOption;
import io.retcon.retrainer.retraining.LocalRetraining;
import io.retcon.retrainer.training.CheckpointFolder;
import io.retcon.retrainer.training.OptimizerStart;
import io.retcon.retrainer.training.Recipe;
import io.retcon.retrainer.training.Trainer;
import io.retcon.schemas.RefusedInput;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/** The retraining stage over local files. */
@Command(
        name = "retrain",
        description = {
            "Trains a checkpoint over a token file; no broker needed.",
            "A line a step: its loss before the update, gradient norm, learning rate and speed."
        })
public final class RetrainCommand implements Callable<Integer> {
    /** What to do about the optimizer's state. */
    enum Optimizer {
        saved,
        cold
    }

    @Option(
            names = "--checkpoint",
            required = true,
            paramLabel = "DIR",
            description =
                    "config.json, model.safetensors (or its shards) and, where Retcon trained it,"
                            + " the optimizer's state.")
    private Path checkpoint;

    @Option(
            names = "--history",
            required = true,
            paramLabel = "FILE",
            description =
                    "npy of token ids, [steps][sequences][tokens], or a folder that export history"
                            + " wrote: the steps that follow what the"
                            + " checkpoint has seen.")
    private Path history;

    @Option(
            names = "--recipe",
            required = true,
            paramLabel = "FILE",
            description = "How to train: recipe.json, or OLMo's config as .yaml.")
    private Path recipe;

    @Option(
            names = "--checkpoint-out",
            paramLabel = "DIR",
            description =
                    "Where the checkpoint goes: after the last step, or, if training diverges,"
                            + " after the last good one.")
    private Optional<Path> out;

    @Option(
            names = "--optimizer",
            paramLabel = "saved|cold",
            description =
                    "Take the optimizer's state from the checkpoint, or start it cold (default:"
                            + " saved where there is one).")
    private Optional<Optimizer> optimizer;

    @Option(
            names = "--step",
            paramLabel = "N",
            description =
                    "History steps that the checkpoint has seen, which is where the schedule goes"
                            + " on (default: what its state.json says, else 0).")
    private Optional<Long> step;

    @Option(
            names = "--threads",
            defaultValue = "2",
            paramLabel = "N",
            description =
                    "Threads that train; another number gives other bits (default:"
                            + " ${DEFAULT-VALUE}).")
    private int threads;

    @Mixin private EngineOption engine;
    @Mixin private OutputOption output;
    @Spec private CommandSpec command;

    @Override
    public Integer call() {
        if (threads < 1 || step.orElse(0L) < 0) {
            throw new RefusedInput("--threads must be 1 or more, --step 0 or more");
        }
        var elsewhere = engine.runElsewhere();
        if (elsewhere.isPresent()) {
            return elsewhere.getAsInt();
        }
        var folder = new CheckpointFolder(checkpoint);
        var read = Recipe.read(recipe);
        sayCold(folder);
        try (var retraining = new LocalRetraining(history);
                var trainer =
                        Trainer.open(
                                folder,
                                step.orElseGet(folder::step),
                                read,
                                start(),
                                engine.compute(threads))) {
            train(retraining, trainer, folder);
        }
        return 0;
    }

    private OptimizerStart start() {
        return optimizer
                .map(o -> o == Optimizer.cold ? OptimizerStart.COLD : OptimizerStart.SAVED)
                .orElse(OptimizerStart.COLD_IF_ABSENT);
    }

    private void sayCold(CheckpointFolder folder) {
        if (optimizer.isEmpty() && !folder.hasOptimizer()) {
            var err = command.commandLine().getErr();
            err.printf(
                    "caveat: %s has no optimizer state: AdamW starts with empty moments"
                            + " (--optimizer cold says that this is meant)%n",
                    checkpoint);
            err.flush();
        }
    }

    private void train(LocalRetraining retraining, Trainer trainer, CheckpointFolder folder) {
        var steps = new ArrayList<LocalRetraining.Step>();
        long before = trainer.step();
        try (var line = ProgressLine.onStandardError()) {
            retraining.run(
                    trainer,
                    step -> {
                        if (output.format() == OutputOption.Format.JSON) {
                            output.rows(List.of(step), List.of());
                        } else {
                            steps.add(step);
                        }
                        long done = step.step() + 1 - before;
                        var figures = figures(step, retraining.steps() - done, retraining);
                        line.update("steps", done, retraining.steps(), figures);
                    });
        } catch (RefusedInput e) {
            table(steps);
            throw keptLastGood(trainer, folder, e);
        }
        table(steps);
        out.ifPresent(path -> save(trainer, folder, path));
    }

    private static TrainingFigures figures(
            LocalRetraining.Step step, long left, LocalRetraining retraining) {
        return new TrainingFigures(
                step.loss(),
                step.tokensPerSecond(),
                Optional.of(left * retraining.tokensPerStep() / step.tokensPerSecond()));
    }

    /** The tokenizer goes with the weights. */
    private static void save(Trainer trainer, CheckpointFolder from, Path path) {
        var tokenizer = from.tokenizer().map(RetrainCommand::bytes);
        trainer.save(path);
        tokenizer.ifPresent(bytes -> new CheckpointFolder(path).writeTokenizer(bytes));
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new RefusedInput("%s cannot be read".formatted(file), e);
        }
    }

    private RefusedInput keptLastGood(
            Trainer trainer, CheckpointFolder folder, RefusedInput stopped) {
        if (out.isEmpty()) {
            return stopped;
        }
        save(trainer, folder, out.get());
        return new RefusedInput(
                "%s; %s holds the state after step %d"
                        .formatted(stopped.getMessage(), out.get(), trainer.step() - 1),
                stopped);
    }

    private void table(List<LocalRetraining.Step> steps) {
        if (output.format() == OutputOption.Format.TABLE) {
            output.rows(
                    steps,
                    List.of(
                            new Column<>("step", LocalRetraining.Step::step),
                            new Column<>("loss", LocalRetraining.Step::loss),
                            new Column<>("gradient norm", LocalRetraining.Step::gradientNorm),
                            new Column<>("learning rate", LocalRetraining.Step::learningRate),
                            new Column<>("tokens/s", LocalRetraining.Step::tokensPerSecond)));
        }
    }
}
