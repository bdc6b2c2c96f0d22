package io.retcon.retrainer.original;

import static java.util.Objects.requireNonNull;

import io.retcon.retrainer.engine.Compute;
import io.retcon.retrainer.evaluation.ItemTokens;
import io.retcon.retrainer.evaluation.Unconditional;
import io.retcon.retrainer.progress.ProgressFeed;
import io.retcon.retrainer.publication.BenchmarkItems;
import io.retcon.retrainer.publication.Evaluator;
import io.retcon.retrainer.publication.PublishedCheckpoints;
import io.retcon.retrainer.publication.Publisher;
import io.retcon.retrainer.training.CheckpointFolder;
import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.history.RunManifests;
import io.retcon.schemas.record.Checkpoint;
import io.retcon.schemas.record.Progress;
import io.retcon.schemas.topic.Cluster;
import io.retcon.schemas.topic.Keys;

import java.util.List;
import java.util.function.Consumer;

/**
 * A checkpoint that another trainer made, announced as one of a run and scored like those that
 * Retcon trains.
 *
 * @param step history steps that it has seen
 * @param threads that score
 */
public record ForeignCheckpoint(CheckpointFolder folder, String run, long step, int threads) {
    public ForeignCheckpoint {
        requireNonNull(folder, "folder is null");
        requireNonNull(run, "run is null");
        if (step < 0) {
            throw new RefusedInput("step %d is before the run: say 0 or more".formatted(step));
        }
    }

    /**
     * Announced again it changes nothing, and is scored on what it was not scored on yet.
     *
     * @param names of benchmarks; none for all
     * @param listener is told of progress
     * @throws RefusedInput if the folder, the run or the step is not what they must be
     */
    public Checkpoint publish(
            Cluster cluster,
            List<String> names,
            Unconditional unconditional,
            Consumer<Progress> listener) {
        var manifests = RunManifests.read(cluster);
        check(manifests);
        var items = BenchmarkItems.read(cluster);
        var benchmarks = items.benchmarks(names);
        try (var model = folder.model();
                var publisher = new Publisher(cluster, Keys.join("retcon-train", run));
                var progress = new ProgressFeed(cluster, listener);
                var tokenizer = manifests.tokenizer(run)) {
            var checkpoint = announced(cluster);
            publisher.publish(checkpoint);
            var tokens = new ItemTokens(tokenizer, manifests.of(run).getEos());
            return new Evaluator(items, tokens, unconditional, publisher, progress)
                    .evaluate(model, checkpoint, benchmarks, Compute.cpu(threads));
        }
    }

    private void check(RunManifests manifests) {
        var manifest = manifests.of(run);
        if (step > manifest.getSteps()) {
            throw new RefusedInput(
                    "step %d lies beyond the history of run '%s', which has %d steps"
                            .formatted(step, run, manifest.getSteps()));
        }
        int embedded = folder.config().sizes().vocabulary();
        if (embedded < manifest.getVocabulary()) {
            throw new RefusedInput(
                    "%s has a vocab_size of %d and run '%s' a vocabulary of %d: publish the run's own model"
                            .formatted(folder.path(), embedded, run, manifest.getVocabulary()));
        }
        // Without a recipe for these tensors nothing could be retrained from here.
        folder.recipe().requireTensors(folder.config().layout());
    }

    private Checkpoint announced(Cluster cluster) {
        var checkpoint =
                Checkpoint.newBuilder()
                        .setRun(run)
                        .setStep(step)
                        .setLocation(folder.path().toAbsolutePath().normalize().toString())
                        .setSha256(folder.sha256())
                        .setEngine("unknown")
                        .setThreads(1)
                        .build();
        var there =
                PublishedCheckpoints.read(cluster).ofRun(run).stream()
                        .filter(other -> other.getStep() == step)
                        .findFirst();
        there.filter(other -> !other.getSha256().equals(checkpoint.getSha256()))
                .ifPresent(
                        other -> {
                            throw new RefusedInput(
                                    "run '%s' has other weights at step %d (%s): name another run"
                                            .formatted(run, step, other.getLocation()));
                        });
        return there.map(
                        other ->
                                Checkpoint.newBuilder(other)
                                        .setLocation(checkpoint.getLocation())
                                        .build())
                .orElse(checkpoint);
    }
}
