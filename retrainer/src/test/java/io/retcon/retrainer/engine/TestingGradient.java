package io.retcon.retrainer.engine;

import io.retcon.retrainer.kernels.FloatArena;
import io.retcon.retrainer.model.Example;
import io.retcon.retrainer.model.LanguageModel;
import io.retcon.retrainer.training.Moments;
import io.retcon.retrainer.training.Recipe;

import java.util.List;

/**
 * What this class path's engine finds.
 *
 * @param loss the summed cross-entropy of all targets
 * @param values the gradient of the summed loss, in the order of the model's layout
 */
public record TestingGradient(double loss, double[] values) {
    /** {@code more} are further keys of the recipe. */
    public static TestingGradient of(
            LanguageModel model, List<Example> examples, double z, String more) {
        var recipe =
                Recipe.parse(
                        """
                        {"learning_rate": 1, "schedule": "constant", "z_loss_multiplier": %s%s}
                        """
                                .formatted(z, more),
                        "test");
        int targets = examples.stream().mapToInt(e -> e.tokens().length - 1).sum();
        try (var moments = new Moments(model.layout());
                var arena = new FloatArena();
                var updates = Engine.here().updates(model, moments, recipe, Compute.cpu(1))) {
            var gradient = updates.gradient(examples, targets);
            var floats = arena.allocate(model.layout().length());
            updates.copyGradient(floats);
            var values = new double[Math.toIntExact(floats.length())];
            for (int i = 0; i < values.length; i++) {
                values[i] = (double) floats.get(i) * targets;
            }
            return new TestingGradient(gradient.loss() * targets, values);
        }
    }
}
