package io.retcon.retrainer.training;

import io.retcon.retrainer.kernels.AdamWKernel;
import io.retcon.retrainer.kernels.Crew;
import io.retcon.retrainer.kernels.FloatArena;
import io.retcon.retrainer.kernels.Floats;
import io.retcon.retrainer.kernels.GradientKernel;
import io.retcon.retrainer.model.LanguageModel;
import io.retcon.retrainer.model.ParameterLayout;
import io.retcon.retrainer.safetensors.NamedTensor;
import io.retcon.retrainer.safetensors.SafetensorsFile;
import io.retcon.retrainer.safetensors.SafetensorsWriter;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** AdamW's two moments of every weight, and its update after clipping by the global norm. */
final class AdamW {
    private static final int BLOCK = 1 << 16;
    private static final String MEANS = ".exp_avg";
    private static final String SQUARES = ".exp_avg_sq";

    private final Recipe recipe;
    private final ParameterLayout layout;
    private final Floats means;
    private final Floats squares;
    private final List<Block> blocks;

    /** A stretch of one parameter, small enough to share the work by. */
    private record Block(long from, int count, double decay) {}

    AdamW(Recipe recipe, ParameterLayout layout, FloatArena arena) {
        this.recipe = recipe;
        this.layout = layout;
        this.means = arena.allocate(layout.length());
        this.squares = arena.allocate(layout.length());
        this.blocks = blocks(recipe, layout);
    }

    private static List<Block> blocks(Recipe recipe, ParameterLayout layout) {
        var spared = new NamePatterns(recipe.noDecay());
        var blocks = new ArrayList<Block>();
        for (var parameter : layout.parameters()) {
            double decay = spared.matches(parameter.name()) ? 0 : recipe.weightDecay();
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
        double clip = Math.min(1, recipe.largestNorm() / (norm + 1e-6));
        var settings =
                new AdamWKernel.Settings(
                        clip,
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
                            means,
                            squares,
                            block.from(),
                            block.count(),
                            settings,
                            block.decay());
                });
    }

    void save(Path file) {
        var tensors = new ArrayList<NamedTensor>();
        tensors.addAll(LanguageModel.tensors(layout, means, MEANS));
        tensors.addAll(LanguageModel.tensors(layout, squares, SQUARES));
        SafetensorsWriter.write(file, tensors);
    }

    void load(Path file) {
        try (var stored = SafetensorsFile.open(file)) {
            for (var p : layout.parameters()) {
                stored.read(p.name() + MEANS, p.shape(), means, p.offset());
                stored.read(p.name() + SQUARES, p.shape(), squares, p.offset());
            }
        }
    }
}
