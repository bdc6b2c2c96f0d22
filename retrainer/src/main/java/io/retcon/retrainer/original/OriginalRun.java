package io.retcon.retrainer.original;

import static java.util.Objects.requireNonNull;

import io.retcon.retrainer.engine.Engine;
import io.retcon.retrainer.evaluation.ItemTokens;
import io.retcon.retrainer.history.StepReader;
import io.retcon.retrainer.model.ModelConfig;
import io.retcon.retrainer.progress.ProgressFeed;
import io.retcon.retrainer.progress.Subject;
import io.retcon.retrainer.publication.BenchmarkItems;
import io.retcon.retrainer.publication.Evaluator;
import io.retcon.retrainer.publication.PublishedCheckpoints;
import io.retcon.retrainer.publication.Publisher;
import io.retcon.retrainer.training.OptimizerStart;
import io.retcon.retrainer.training.StepReport;
import io.retcon.retrainer.training.Trainer;
import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.history.RunManifests;
import io.retcon.schemas.history.Window;
import io.retcon.schemas.record.Checkpoint;
import io.retcon.schemas.record.Progress;
import io.retcon.schemas.record.RunManifest;
import io.retcon.schemas.topic.Cluster;
import io.retcon.schemas.topic.Keys;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Trains the original run over its history, publishing and scoring checkpoints. Started again, it
 * goes on from the last checkpoint that it published, and scores what was left unscored.
 */
public final class OriginalRun {
    private final Cluster cluster;
    private final RunPlan plan;
    private final Consumer<Progress> listener;
    private final Consumer<StepReport> reports;

    /**
     * @param listener is told of every stage's progress
     * @param reports is told of every update
     */
    public OriginalRun(
            Cluster cluster,
            RunPlan plan,
            Consumer<Progress> listener,
            Consumer<StepReport> reports) {
        this.cluster = requireNonNull(cluster, "cluster is null");
        this.plan = requireNonNull(plan, "plan is null");
        this.listener = requireNonNull(listener, "listener is null");
        this.reports = requireNonNull(reports, "reports is null");
    }

    /**
     * Trains to the plan's last checkpoint.
     *
     * @return the plan's checkpoints, by step
     */
    public List<Checkpoint> run() {
        var manifests = RunManifests.read(cluster);
        var manifest = manifests.of(plan.run());
        check(manifest);
        var items = BenchmarkItems.read(cluster);
        var benchmarks = items.benchmarks(plan.benchmarks());
        try (var publisher = new Publisher(cluster, Keys.join("retcon-train", plan.run()));
                var progress = new ProgressFeed(cluster, listener);
                var tokenizer = manifests.tokenizer(plan.run());
                var trainer = trainer()) {
            var tokens = new ItemTokens(tokenizer, manifest.getEos());
            var evaluator = new Evaluator(items, tokens, plan.unconditional(), publisher, progress);
            var training = progress.stage(Subject.run(plan.run()), "train", "steps", plan.end());
            var done = new ArrayList<Checkpoint>();
            for (long step : plan.checkpoints()) {
                train(trainer, step, manifests, training);
                var checkpoint = published(step);
                if (checkpoint.isEmpty() && trainer.step() == step) {
                    checkpoint = Optional.of(save(trainer, done));
                    publisher.publish(checkpoint.get());
                }
                if (checkpoint.isPresent()) {
                    done.add(evaluate(trainer, checkpoint.get(), evaluator, benchmarks));
                }
            }
            return done;
        }
    }

    private void check(RunManifest manifest) {
        if (plan.end() > manifest.getSteps()) {
            throw new RefusedInput(
                    "a checkpoint at step %d lies beyond the history of run '%s', which has %d steps"
                            .formatted(plan.end(), plan.run(), manifest.getSteps()));
        }
        int embedded = ModelConfig.parse(plan.configJson(), "config.json").sizes().vocabulary();
        if (embedded < manifest.getVocabulary()) {
            throw new RefusedInput(
                    "the model has a vocab_size of %d and run '%s' a vocabulary of %d: raise vocab_size in config.json"
                            .formatted(embedded, plan.run(), manifest.getVocabulary()));
        }
    }

    /** The last published checkpoint at or before the plan's end, or a fresh model. */
    private Trainer trainer() {
        return PublishedCheckpoints.read(cluster).ofRun(plan.run()).stream()
                .filter(c -> c.getStep() <= plan.end())
                .filter(c -> PublishedCheckpoints.here(c).isPresent())
                .reduce((earlier, later) -> later)
                .map(this::resumed)
                .orElseGet(this::fresh);
    }

    private Trainer fresh() {
        return Trainer.fresh(plan.configJson(), plan.recipe(), plan.seed(), plan.compute());
    }

    private Trainer resumed(Checkpoint checkpoint) {
        var folder = PublishedCheckpoints.folder(checkpoint);
        if (!folder.configJson().equals(plan.configJson())
                || !folder.recipe().json().equals(plan.recipe().json())) {
            throw new RefusedInput(
                    "run '%s' has a checkpoint at step %d of another config or recipe: name another run, or train on as %s says"
                            .formatted(plan.run(), checkpoint.getStep(), folder.path()));
        }
        return Trainer.open(
                folder, checkpoint.getStep(), plan.recipe(), OptimizerStart.SAVED, plan.compute());
    }

    private void train(
            Trainer trainer, long to, RunManifests manifests, ProgressFeed.Stage training) {
        if (trainer.step() >= to) {
            return;
        }
        var window = new Window(trainer.step(), to);
        try (var steps = StepReader.ofHistory(cluster, plan.run(), manifests, window)) {
            while (trainer.step() < to) {
                long start = System.nanoTime();
                var report = trainer.step(steps.next().sequences());
                reports.accept(report);
                training.trained(trainer.step(), report, System.nanoTime() - start);
            }
        }
    }

    private Optional<Checkpoint> published(long step) {
        return PublishedCheckpoints.read(cluster).ofRun(plan.run()).stream()
                .filter(c -> c.getStep() == step)
                .filter(c -> PublishedCheckpoints.here(c).isPresent())
                .findFirst();
    }

    private Checkpoint save(Trainer trainer, List<Checkpoint> earlier) {
        var folder = trainer.save(plan.folderOf(trainer.step()));
        return Checkpoint.newBuilder()
                .setRun(plan.run())
                .setStep(trainer.step())
                .setLocation(folder.path().toString())
                .setSha256(folder.sha256())
                .setParentSha256(earlier.isEmpty() ? null : earlier.getLast().getSha256())
                .setEngine(Engine.here().name())
                .setThreads(trainer.compute().threads())
                .build();
    }

    private Checkpoint evaluate(
            Trainer trainer, Checkpoint checkpoint, Evaluator evaluator, List<String> benchmarks) {
        if (trainer.step() == checkpoint.getStep()) {
            return evaluator.evaluate(trainer.model(), checkpoint, benchmarks, plan.compute());
        }
        var folder = PublishedCheckpoints.folder(checkpoint);
        try (var model = folder.model()) {
            return evaluator.evaluate(model, checkpoint, benchmarks, plan.compute());
        }
    }
}
