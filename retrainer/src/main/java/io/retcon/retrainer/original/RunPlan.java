package io.retcon.retrainer.original;

import static java.util.Objects.requireNonNull;

import io.retcon.retrainer.engine.Compute;
import io.retcon.retrainer.evaluation.Unconditional;
import io.retcon.retrainer.training.Recipe;
import io.retcon.schemas.RefusedInput;

import java.nio.file.Path;
import java.util.List;

/**
 * What an original run is to be.
 *
 * @param run whose history it trains on
 * @param configJson the model, as Hugging Face's config.json describes it
 * @param seed of the fresh weights
 * @param compute what trains and scores: another number of threads gives other bits
 * @param checkpoints the steps after which to save, publish and score; the last one ends the run
 * @param benchmarks to score at each; all where none is named
 * @param folder where checkpoints go, each to a folder named by its step
 */
public record RunPlan(
        String run,
        String configJson,
        Recipe recipe,
        long seed,
        Compute compute,
        List<Long> checkpoints,
        List<String> benchmarks,
        Unconditional unconditional,
        Path folder) {

    public RunPlan {
        requireNonNull(run, "run is null");
        requireNonNull(configJson, "configJson is null");
        requireNonNull(recipe, "recipe is null");
        requireNonNull(compute, "compute is null");
        requireNonNull(unconditional, "unconditional is null");
        checkpoints = checkpoints.stream().distinct().sorted().toList();
        benchmarks = List.copyOf(benchmarks);
        folder = folder.toAbsolutePath().normalize();
        if (checkpoints.isEmpty() || checkpoints.getFirst() < 0) {
            throw new RefusedInput("name the steps to save checkpoints at, from 0 on");
        }
    }

    /** The step at which the run ends. */
    public long end() {
        return checkpoints.getLast();
    }

    Path folderOf(long step) {
        return folder.resolve("step-" + step);
    }
}
