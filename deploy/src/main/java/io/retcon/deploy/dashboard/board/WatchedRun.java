package io.retcon.deploy.dashboard.board;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.record.Checkpoint;
import io.retcon.schemas.record.LossPoint;
import io.retcon.schemas.record.Progress;
import io.retcon.schemas.record.RunManifest;

import java.util.List;
import java.util.Optional;

/**
 * What the small topics say of a run.
 *
 * @param changed the board's version in which it last changed
 * @param manifest without its tokenizer, once the history is announced
 * @param checkpoints of the original run, by step
 * @param retrained checkpoints of its retrainings
 * @param progress what its training and scoring say
 * @param losses of the training, as far as this process heard them
 */
public record WatchedRun(
        String name,
        long changed,
        Optional<RunManifest> manifest,
        List<Checkpoint> checkpoints,
        List<Checkpoint> retrained,
        List<Progress> progress,
        List<LossPoint> losses) {
    public WatchedRun {
        requireNonNull(name, "name is null");
        requireNonNull(manifest, "manifest is null");
        checkpoints = List.copyOf(checkpoints);
        retrained = List.copyOf(retrained);
        progress = List.copyOf(progress);
        losses = List.copyOf(losses);
    }
}
