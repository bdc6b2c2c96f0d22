package io.retcon.retrainer.engine.nd4j;

import io.retcon.retrainer.kernels.AdamWKernel;
import io.retcon.retrainer.kernels.Crew;
import io.retcon.retrainer.kernels.Floats;
import io.retcon.retrainer.kernels.GradientKernel;
import io.retcon.retrainer.model.ParameterLayout;
import io.retcon.retrainer.training.Moments;
import io.retcon.retrainer.training.Recipe;

import java.util.ArrayList;
import java.util.List;

/** Sums gradients, clips them by their global norm, and moves the weights by AdamW. */
final class AdamW {
    private static final int BLOCK = 1 << 16;

    private final Recipe recipe;
    private final Moments moments;
    private final List<Block> blocks;

    /** A stretch of one parameter, small enough to share the work by. */
    private record Block(long from, int count, double decay) {}

    AdamW(Recipe recipe, Moments moments) {
        this.recipe = recipe;
        this.moments = moments;
        this.blocks = blocks(recipe, moments.layout());
    }

    private static List<Block> blocks(Recipe recipe, ParameterLayout layout) {
        var blocks = new ArrayList<Block>();
        for (var parameter : layout.parameters()) {
            double decay = recipe.decayOf(parameter.name());
            for (long from = parameter.offset(); from < parameter.end(); from += BLOCK) {
                blocks.add(new Block(from, (int) Math.min(BLOCK, parameter.end() - from), decay));
            }
        }
        return blocks;
    }

    /**
     * Sums the shares' gradients into the first one.
     *
     * @return the global norm of the sum
     */
    double fold(List<Floats> shares, Crew crew) {
        var squaresOfBlocks = new double[blocks.size()];
        crew.run(
                blocks.size(),
                i -> {
                    var block = blocks.get(i);
                    squaresOfBlocks[i] =
                            GradientKernel.foldAndSquare(shares, block.from(), block.count());
                });
        double sum = 0;
        for (double square : squaresOfBlocks) {
            sum += square;
        }
        return Math.sqrt(sum);
    }

    /**
     * Moves the weights.
     *
     * @param norm the gradient's global norm
     * @param update updates so far, this one included
     */
    void update(Floats weights, Floats gradient, double norm, double rate, long update, Crew crew) {
        var settings =
                new AdamWKernel.Settings(
                        recipe.clip(norm),
                        rate,
                        recipe.firstBeta(),
                        recipe.secondBeta(),
                        recipe.epsilon(),
                        update);
        crew.run(
                blocks.size(),
                i -> {
                    var block = blocks.get(i);
                    AdamWKernel.update(
                            weights,
                            gradient,
                            moments.means(),
                            moments.squares(),
                            block.from(),
                            block.count(),
                            settings,
                            block.decay());
                });
    }
}
