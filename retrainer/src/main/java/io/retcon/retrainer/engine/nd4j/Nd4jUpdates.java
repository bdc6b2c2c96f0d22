package io.retcon.retrainer.engine.nd4j;

import static java.util.Objects.requireNonNull;

import io.retcon.retrainer.engine.Updates;
import io.retcon.retrainer.kernels.Crew;
import io.retcon.retrainer.kernels.Floats;
import io.retcon.retrainer.model.Example;
import io.retcon.retrainer.model.GradientPass;
import io.retcon.retrainer.model.LanguageModel;
import io.retcon.retrainer.training.Moments;
import io.retcon.retrainer.training.Recipe;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A step's sequences in one share a thread: the same weights, sequences and number of threads give
 * the same bits.
 */
final class Nd4jUpdates implements Updates {
    private final LanguageModel model;
    private final Recipe recipe;
    private final AdamW optimizer;
    private final Crew crew;
    private final List<GradientPass> passes = new ArrayList<>();

    Nd4jUpdates(LanguageModel model, Moments moments, Recipe recipe, int threads) {
        this.model = requireNonNull(model, "model is null");
        this.recipe = requireNonNull(recipe, "recipe is null");
        this.optimizer = new AdamW(recipe, moments);
        this.crew = new Crew(threads);
    }

    @Override
    public Gradient gradient(List<Example> examples, int divisor) {
        var shares = shares(examples);
        prepare(shares);
        var losses = new double[shares.size()];
        crew.run(
                shares.size(),
                i -> {
                    var pass = passes.get(i);
                    losses[i] =
                            pass.run(
                                            shares.get(i),
                                            recipe.zLoss(),
                                            1.0 / divisor,
                                            recipe.microBatch())
                                    .crossEntropy();
                });
        double loss = Arrays.stream(losses).reduce(0, Double::sum) / divisor;
        var gradients =
                passes.subList(0, shares.size()).stream().map(GradientPass::gradients).toList();
        return new Gradient(loss, optimizer.fold(gradients, crew));
    }

    @Override
    public void update(Gradient gradient, double rate, long update) {
        optimizer.update(
                model.weights(),
                passes.getFirst().gradients(),
                gradient.norm(),
                rate,
                update,
                crew);
    }

    @Override
    public void copyGradient(Floats to) {
        to.copyFrom(passes.getFirst().gradients());
    }

    /** As many runs of neighbours as threads, as even as can be. */
    private List<List<Example>> shares(List<Example> examples) {
        int count = Math.min(crew.threads(), examples.size());
        var shares = new ArrayList<List<Example>>();
        for (int i = 0; i < count; i++) {
            shares.add(
                    examples.subList(
                            i * examples.size() / count, (i + 1) * examples.size() / count));
        }
        return shares;
    }

    /** Buffers are allocated at the first step, and again only if a later one needs more. */
    private void prepare(List<List<Example>> shares) {
        int longest = 0;
        int rows = 0;
        for (var share : shares) {
            int tokens = 0;
            for (var example : share) {
                longest = Math.max(longest, example.tokens().length);
                tokens += example.tokens().length;
            }
            rows = Math.max(rows, tokens);
        }
        int capacity = Math.max(longest, Math.min(rows, GradientPass.ROWS_AT_ONCE));
        if (passes.size() < shares.size() || !passes.getFirst().holds(capacity, longest)) {
            passes.forEach(GradientPass::close);
            passes.clear();
            for (int i = 0; i < shares.size(); i++) {
                passes.add(new GradientPass(model, capacity, longest));
            }
        }
    }

    /** The model's weights and the moments are those that it works on. */
    @Override
    public void push() {}

    @Override
    public void pull() {}

    @Override
    public void close() {
        crew.close();
        passes.forEach(GradientPass::close);
    }
}
