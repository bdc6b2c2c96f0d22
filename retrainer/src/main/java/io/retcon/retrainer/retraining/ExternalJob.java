package io.retcon.retrainer.retraining;

import static java.util.Objects.requireNonNull;

import io.retcon.retrainer.external.ExternalRetraining;
import io.retcon.retrainer.external.ExternalTrainer;
import io.retcon.retrainer.history.WindowSpool;
import io.retcon.retrainer.progress.ProgressFeed;
import io.retcon.retrainer.publication.PublishedCheckpoints;
import io.retcon.retrainer.training.CheckpointFolder;
import io.retcon.retrainer.training.StepReport;
import io.retcon.schemas.history.Window;
import io.retcon.schemas.record.Checkpoint;
import io.retcon.schemas.record.Retraining;
import io.retcon.schemas.record.RunManifest;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.BooleanSupplier;

/**
 * One retraining by a program of the operator's, whose log becomes progress and losses. Used by one
 * thread.
 */
final class ExternalJob implements ExternalRetraining.Listener {
    private final ExternalTrainer trainer;
    private final Retraining retraining;
    private final Window window;
    private final RunManifest manifest;
    private final ProgressFeed.Stage stage;
    private final LossCurve losses;
    private long before;
    private long since = System.nanoTime();

    ExternalJob(
            ExternalTrainer trainer,
            Retraining retraining,
            RunManifest manifest,
            ProgressFeed.Stage stage) {
        this.trainer = requireNonNull(trainer, "trainer is null");
        this.retraining = requireNonNull(retraining, "retraining is null");
        this.manifest = requireNonNull(manifest, "manifest is null");
        this.stage = requireNonNull(stage, "stage is null");
        this.window = Window.of(retraining.getWindow());
        this.losses = LossCurve.over(window);
    }

    /**
     * Trains; the program's checkpoint has moved to {@code place} then, with its losses.
     *
     * @param spool of the arm's window
     * @param states where its files lie until it is done
     */
    CheckpointFolder train(
            Checkpoint start,
            WindowSpool spool,
            SavedStates states,
            Path place,
            BooleanSupplier cancelled) {
        var spec = retraining.getRetrain();
        var external =
                new ExternalRetraining(
                        trainer,
                        retraining.getId(),
                        retraining.getRun(),
                        window,
                        PublishedCheckpoints.folder(start),
                        spec.getOptimizer().equals("cold"),
                        states.folder());
        var steps =
                Arrays.stream(Variation.of(spec.getVary(), retraining.getSeed()).order(window))
                        .mapToObj(spool::step)
                        .iterator();
        stage.done(0);
        var done = external.train(steps::next, manifest, this, cancelled).movedTo(place);
        losses.save(done.path());
        states.forget();
        return done;
    }

    /** A step that is said twice, or out of order, says nothing new. */
    @Override
    public void trained(long step, double loss) {
        long done = step + 1 - window.from();
        if (!window.contains(step) || done <= before) {
            return;
        }
        long now = System.nanoTime();
        long tokens =
                (done - before) * manifest.getSequencesPerStep() * manifest.getTokensPerSequence();
        losses.add(step, done - 1, loss);
        stage.trained(
                done, new StepReport(step, loss, Double.NaN, Double.NaN, tokens), now - since);
        before = done;
        since = now;
    }

    @Override
    public void remark(String sentence) {
        before = 0; // The next attempt may begin anew.
        losses.restart();
        stage.remark(sentence);
    }
}
