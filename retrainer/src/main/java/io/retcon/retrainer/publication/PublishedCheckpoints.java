package io.retcon.retrainer.publication;

import io.retcon.retrainer.training.CheckpointFolder;
import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.record.Checkpoint;
import io.retcon.schemas.record.RetrainingId;
import io.retcon.schemas.topic.Cluster;
import io.retcon.schemas.topic.TopicCatalogue;
import io.retcon.schemas.topic.TopicTable;

import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The checkpoints announced in retcon.checkpoints, as of when they were read. */
public final class PublishedCheckpoints {
    private final Collection<Checkpoint> checkpoints;

    private PublishedCheckpoints(Collection<Checkpoint> checkpoints) {
        this.checkpoints = checkpoints;
    }

    public static PublishedCheckpoints read(Cluster cluster) {
        return new PublishedCheckpoints(
                TopicTable.read(cluster, TopicCatalogue.CHECKPOINTS).values());
    }

    /** The original run's checkpoints, by step. */
    public List<Checkpoint> ofRun(String run) {
        return checkpoints.stream()
                .filter(c -> c.getRun().equals(run) && c.getRetraining().isEmpty())
                .sorted(Comparator.comparingLong(Checkpoint::getStep))
                .toList();
    }

    public Checkpoint ofRun(String run, long step) {
        return ofRun(run).stream()
                .filter(c -> c.getStep() == step)
                .findFirst()
                .orElseThrow(
                        () ->
                                new RefusedInput(
                                        "run '%s' has no checkpoint at step %d: it has %s"
                                                .formatted(
                                                        run,
                                                        step,
                                                        ofRun(run).stream()
                                                                .map(Checkpoint::getStep)
                                                                .toList())));
    }

    public Optional<Checkpoint> ofRetraining(RetrainingId id, long step) {
        return checkpoints.stream()
                .filter(c -> c.getRetraining().filter(id::equals).isPresent())
                .filter(c -> c.getStep() == step)
                .findFirst();
    }

    /** The checkpoint's folder, if it is here and holds the weights that were announced. */
    public static Optional<CheckpointFolder> here(Checkpoint checkpoint) {
        return Optional.of(new CheckpointFolder(Path.of(checkpoint.getLocation())))
                .filter(CheckpointFolder::hasWeights)
                .filter(f -> f.sha256().equals(checkpoint.getSha256()));
    }

    /** The checkpoint's folder; refused if it is not here or holds other weights. */
    public static CheckpointFolder folder(Checkpoint checkpoint) {
        return here(checkpoint)
                .orElseThrow(
                        () ->
                                new RefusedInput(
                                        "checkpoint %d of run '%s' is not in %s with the weights that were announced"
                                                .formatted(
                                                        checkpoint.getStep(),
                                                        checkpoint.getRun(),
                                                        checkpoint.getLocation())));
    }
}
