package io.retcon.retrainer.retraining;

import static java.util.Objects.requireNonNull;

import io.retcon.retrainer.engine.Compute;
import io.retcon.retrainer.engine.Precision;
import io.retcon.retrainer.evaluation.Unconditional;
import io.retcon.retrainer.external.ExternalTrainer;
import io.retcon.retrainer.history.WindowSpool;
import io.retcon.retrainer.progress.ProgressFeed;
import io.retcon.retrainer.progress.Subject;
import io.retcon.retrainer.publication.BenchmarkItems;
import io.retcon.retrainer.publication.Evaluator;
import io.retcon.retrainer.publication.PublishedCheckpoints;
import io.retcon.retrainer.publication.Publisher;
import io.retcon.retrainer.training.CheckpointFolder;
import io.retcon.retrainer.training.OptimizerStart;
import io.retcon.retrainer.training.StepReport;
import io.retcon.retrainer.training.Trainer;
import io.retcon.schemas.FailureCause;
import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.file.FolderName;
import io.retcon.schemas.history.RunManifests;
import io.retcon.schemas.history.Window;
import io.retcon.schemas.record.Checkpoint;
import io.retcon.schemas.record.LossPoint;
import io.retcon.schemas.record.Retraining;
import io.retcon.schemas.record.RetrainingState;
import io.retcon.schemas.topic.Cluster;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/**
 * Does retrainings, one after the other: from the run's checkpoint over the arm's window, or by
 * taking over one that is done, then checkpoint, scores, done. Done twice, one gives the same
 * records. Not thread-safe.
 */
final class RetrainingJobs implements AutoCloseable {
    private final Cluster cluster;
    private final WorkerSettings settings;
    private final Publisher publisher;
    private final ProgressFeed progress;
    private final Takeover takeover;
    private final ArmSpools spools;
    private final RunTokens tokens = new RunTokens();

    RetrainingJobs(
            Cluster cluster, WorkerSettings settings, Publisher publisher, ProgressFeed progress) {
        this.cluster = requireNonNull(cluster, "cluster is null");
        this.settings = requireNonNull(settings, "settings is null");
        this.publisher = requireNonNull(publisher, "publisher is null");
        this.progress = requireNonNull(progress, "progress is null");
        this.takeover = new Takeover(cluster, publisher);
        this.spools = new ArmSpools(cluster, settings.folder().resolve("spool"));
    }

    /**
     * Leaves the retraining DONE or, with the reason, FAILED.
     *
     * @param cancelled is asked between steps
     * @throws CancellationException if it was
     */
    void run(Retraining retraining, BooleanSupplier cancelled) {
        try {
            publisher.publish(in(retraining, RetrainingState.RUNNING, 0).build());
            var checkpoint =
                    retraining.getSameAs().isPresent()
                            ? takeover.of(retraining, retraining.getSameAs().get())
                            : trainedAndScored(retraining, cancelled);
            long steps = Window.of(retraining.getWindow()).steps();
            publisher.publish(
                    in(retraining, RetrainingState.DONE, steps)
                            .setSha256(checkpoint.getSha256())
                            .setLosses(losses(checkpoint))
                            .build());
        } catch (RuntimeException e) {
            var reason = FailureCause.reason(e);
            publisher.publish(in(retraining, RetrainingState.FAILED, 0).setReason(reason).build());
        }
    }

    /** Of the retraining that made the checkpoint, where its folder is here. */
    private static List<LossPoint> losses(Checkpoint checkpoint) {
        return LossCurve.read(Path.of(checkpoint.getLocation()));
    }

    private Checkpoint trainedAndScored(Retraining retraining, BooleanSupplier cancelled) {
        var manifests = RunManifests.read(cluster);
        var checkpoint = trained(retraining, manifests, cancelled);
        evaluate(retraining, checkpoint, manifests);
        return checkpoint;
    }

    private static Retraining.Builder in(
            Retraining retraining, RetrainingState state, long stepsDone) {
        return Retraining.newBuilder(retraining).setState(state).setStepsDone(stepsDone);
    }

    /** The checkpoint, trained and published now or by a process that did not come further. */
    private Checkpoint trained(
            Retraining retraining, RunManifests manifests, BooleanSupplier cancelled) {
        var published = PublishedCheckpoints.read(cluster);
        var window = Window.of(retraining.getWindow());
        var start = published.ofRun(retraining.getRun(), window.from());
        var before =
                published
                        .ofRetraining(retraining.getId(), window.to())
                        .filter(
                                c ->
                                        c.getParentSha256()
                                                .filter(start.getSha256()::equals)
                                                .isPresent())
                        .filter(c -> c.getThreads() == settings.threads())
                        .filter(
                                c ->
                                        settings.mayOpen(c)
                                                && PublishedCheckpoints.here(c).isPresent());
        if (before.isPresent()) {
            return before.get();
        }
        var folder = train(retraining, start, window, manifests, cancelled);
        var checkpoint =
                Checkpoint.newBuilder()
                        .setRun(retraining.getRun())
                        .setStep(window.to())
                        .setRetraining(retraining.getId())
                        .setLocation(folder.path().toString())
                        .setSha256(folder.sha256())
                        .setParentSha256(start.getSha256())
                        .setEngine(retraining.getRetrain().getEngine())
                        .setThreads(settings.threads())
                        .build();
        publisher.publish(checkpoint);
        return checkpoint;
    }

    private CheckpointFolder train(
            Retraining retraining,
            Checkpoint start,
            Window window,
            RunManifests manifests,
            BooleanSupplier cancelled) {
        var retrain = retraining.getRetrain();
        var states = SavedStates.of(settings, retraining, start.getSha256());
        if (settings.trainers().isPresent()) {
            var program = settings.trainers().get().of(retrain.getCommand());
            return trainElsewhere(retraining, start, program, states, manifests, cancelled);
        }
        var variation = Variation.of(retrain.getVary(), retraining.getSeed());
        try (var spool = spools.of(retraining, manifests);
                var trainer = trainer(start, retraining, states, variation)) {
            var losses = LossCurve.over(window);
            states.resume(losses, trainer);
            train(
                    trainer,
                    spool,
                    variation.order(window),
                    states,
                    losses,
                    stage(retraining, window),
                    cancelled);
            var done = trainer.save(folder(retraining));
            losses.save(done.path());
            states.forget();
            return done;
        }
    }

    private CheckpointFolder trainElsewhere(
            Retraining retraining,
            Checkpoint start,
            ExternalTrainer program,
            SavedStates states,
            RunManifests manifests,
            BooleanSupplier cancelled) {
        var job =
                new ExternalJob(
                        program,
                        retraining,
                        manifests.of(retraining.getRun()),
                        stage(retraining, Window.of(retraining.getWindow())));
        try (var spool = spools.of(retraining, manifests)) {
            return job.train(settings.allowed(start), spool, states, folder(retraining), cancelled);
        }
    }

    private Compute compute(Retraining retraining) {
        return settings.compute(Precision.of(retraining.getRetrain().getPrecision()));
    }

    private static OptimizerStart optimizer(Retraining retraining) {
        return retraining.getRetrain().getOptimizer().equals("cold")
                ? OptimizerStart.COLD_IF_ABSENT
                : OptimizerStart.SAVED;
    }

    /** As far as a worker saved it before it died, or else at its start. */
    private Trainer trainer(
            Checkpoint start, Retraining retraining, SavedStates states, Variation variation) {
        var folder = PublishedCheckpoints.folder(settings.allowed(start));
        var recipe = folder.recipe();
        var compute = compute(retraining);
        var saved = states.furthest();
        if (saved.isPresent()) {
            return Trainer.open(saved.get(), recipe, OptimizerStart.SAVED, compute);
        }
        var optimizer = optimizer(retraining);
        var trainer = Trainer.open(folder, start.getStep(), recipe, optimizer, compute);
        variation.perturb(trainer);
        return trainer;
    }

    private static void train(
            Trainer trainer,
            WindowSpool spool,
            long[] order,
            SavedStates states,
            LossCurve losses,
            ProgressFeed.Stage stage,
            BooleanSupplier cancelled) {
        long from = Arrays.stream(order).min().orElse(0);
        int done = Math.toIntExact(trainer.step() - from);
        stage.done(done);
        try (var steps = new StepsAhead(spool, order, done)) {
            while (done < order.length) {
                if (cancelled.getAsBoolean()) {
                    throw new CancellationException("the retraining went to another worker");
                }
                long start = System.nanoTime();
                var report = trained(trainer, steps, states, losses, stage);
                losses.add(from + done, done, report.loss());
                stage.trained(++done, report, System.nanoTime() - start);
                if (done < order.length) {
                    states.saveNowAndThen(trainer, losses);
                }
            }
        }
    }

    private static StepReport trained(
            Trainer trainer,
            StepsAhead steps,
            SavedStates states,
            LossCurve losses,
            ProgressFeed.Stage stage) {
        try {
            var tokens = steps.next();
            return trainer.step(tokens.sequences(), tokens.counted());
        } catch (RefusedInput e) {
            var reason =
                    "%s; the state before it is kept in %s"
                            .formatted(e.getMessage(), states.save(trainer, losses));
            stage.remark(reason);
            throw new RefusedInput(reason, e);
        }
    }

    private ProgressFeed.Stage stage(Retraining retraining, Window window) {
        return progress.stage(Subject.of(retraining.getId()), "retrain", "steps", window.steps());
    }

    private Path folder(Retraining retraining) {
        var id = retraining.getId();
        return settings.folder()
                .resolve("checkpoints")
                .resolve(FolderName.of(id.getIntervention()))
                .resolve(FolderName.of(id.getArm()) + "-" + id.getReplicate());
    }

    private void evaluate(Retraining retraining, Checkpoint checkpoint, RunManifests manifests) {
        var unconditional =
                retraining.getMetrics().contains("acc_uncond")
                        ? Unconditional.SCORED
                        : Unconditional.SKIPPED;
        var items = BenchmarkItems.read(cluster);
        var evaluator =
                new Evaluator(
                        items,
                        tokens.of(retraining.getRun(), manifests),
                        unconditional,
                        publisher,
                        progress);
        try (var model = PublishedCheckpoints.folder(settings.allowed(checkpoint)).model()) {
            evaluator.evaluate(
                    model,
                    checkpoint,
                    items.benchmarks(retraining.getBenchmarks()),
                    compute(retraining));
        }
    }

    @Override
    public void close() {
        tokens.close();
        progress.close();
        publisher.close();
    }
}
