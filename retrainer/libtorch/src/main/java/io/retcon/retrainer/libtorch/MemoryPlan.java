package io.retcon.retrainer.libtorch;

import io.retcon.retrainer.model.Example;
import io.retcon.retrainer.training.Recipe;
import io.retcon.schemas.RefusedInput;

import java.util.ArrayList;
import java.util.List;

/**
 * How much of a step goes through the network at once, and whether blocks are computed again on the
 * way back instead of keeping what they computed. Where memory runs out and the recipe leaves it
 * open, first blocks are computed again, then the micro-batch is halved. Not thread-safe.
 */
final class MemoryPlan {
    private static final System.Logger LOG = System.getLogger(MemoryPlan.class.getName());

    /** Tokens that go through at once, unless one sequence is longer or memory says less. */
    private static final int TOKENS_ON_CPU = 8192;

    private static final int TOKENS_ON_GPU = 65_536;

    private final Placement placement;
    private final Recipe recipe;
    private final int tokens;
    private int sequences;
    private boolean recomputing;

    MemoryPlan(Recipe recipe, Placement placement) {
        this.placement = placement;
        this.recipe = recipe;
        this.tokens = placement.isOnCpu() ? TOKENS_ON_CPU : TOKENS_ON_GPU;
        this.sequences = recipe.microBatch();
        this.recomputing = recipe.checkpointing() == Recipe.Checkpointing.ALWAYS;
    }

    /** Whether blocks are computed again on the way back. */
    boolean recomputing() {
        return recomputing;
    }

    /** Neighbours that go through the network together. */
    List<List<Example>> microBatches(List<Example> examples) {
        var batches = new ArrayList<List<Example>>();
        int longest = examples.stream().mapToInt(e -> e.tokens().length).max().orElse(1);
        int together = Math.max(1, Math.min(sequences, tokens / longest));
        for (int from = 0; from < examples.size(); from += together) {
            batches.add(examples.subList(from, Math.min(examples.size(), from + together)));
        }
        return batches;
    }

    /**
     * Asks for less memory than was just too much.
     *
     * @param largest sequences that were in the largest micro-batch
     * @throws RefusedInput if there is nothing left to do without, or the recipe forbids it
     */
    void shrink(int largest) {
        boolean mayRecompute = recipe.checkpointing() == Recipe.Checkpointing.AS_NEEDED;
        boolean mayHalve = recipe.microBatch() == Integer.MAX_VALUE;
        if (mayRecompute && !recomputing) {
            recomputing = true;
        } else if (mayHalve && largest > 1) {
            sequences = largest / 2;
        } else {
            throw new RefusedInput(
                    largest > 1
                            ? "out of memory on %s with micro_batch %d: try micro_batch %d with activation_checkpointing, or leave both out of the recipe"
                                    .formatted(placement, largest, largest / 2)
                            : "out of memory on %s with one sequence at a time%s"
                                    .formatted(
                                            placement,
                                            recomputing ? " and activation checkpointing" : ""));
        }
        LOG.log(
                System.Logger.Level.WARNING,
                "out of memory on {0}: going on with activation checkpointing and {1} sequences at"
                        + " once",
                placement,
                Math.min(largest, sequences));
    }
}
