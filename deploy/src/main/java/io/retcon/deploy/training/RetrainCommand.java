package io.retcon.deploy.training;

import io.retcon.deploy.cli.Column;
import io.retcon.deploy.cli.OutputOption;
import io.retcon.deploy.cli.ProgressLine;
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
                    "npy of token ids, [steps][sequences][tokens]: the steps that follow what the"
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
            names = "--threads",
            defaultValue = "2",
            paramLabel = "N",
            description =
                    "Threads that train; another number gives other bits (default:"
                            + " ${DEFAULT-VALUE}).")
    private int threads;

    @Mixin private OutputOption output;
    @Spec private CommandSpec command;

    @Override
    public Integer call() {
        if (threads < 1) {
            throw new RefusedInput("--threads must be 1 or more");
        }
        var folder = new CheckpointFolder(checkpoint);
        var read = Recipe.read(recipe);
        sayCold(folder);
        try (var retraining = new LocalRetraining(history);
                var trainer = Trainer.open(folder, read, start(), threads)) {
            train(retraining, trainer);
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

    private void train(LocalRetraining retraining, Trainer trainer) {
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
                        line.update("steps", step.step() + 1 - before, retraining.steps());
                    });
        } catch (RefusedInput e) {
            table(steps);
            throw keptLastGood(trainer, e);
        }
        table(steps);
        out.ifPresent(trainer::save);
    }

    private RefusedInput keptLastGood(Trainer trainer, RefusedInput stopped) {
        if (out.isEmpty()) {
            return stopped;
        }
        trainer.save(out.get());
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
