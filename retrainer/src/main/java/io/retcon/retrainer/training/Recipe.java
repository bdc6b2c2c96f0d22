package io.retcon.retrainer.training;

import io.retcon.retrainer.model.JsonSettings;
import io.retcon.schemas.RefusedInput;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * How a run trains, bound from a recipe.json with the keys {@code learning_rate}, {@code schedule}
 * (cosine, linear, constant), {@code warmup_steps}, {@code t_max}, {@code alpha_f}, {@code
 * first_step}, {@code betas}, {@code eps}, {@code weight_decay}, {@code no_decay}, {@code
 * max_grad_norm}, {@code z_loss_multiplier}.
 *
 * @param json the file's text, which checkpoints keep
 * @param firstStep the schedule's position at history step 0
 * @param noDecay names or globs of the tensors that weight decay spares
 * @param largestNorm what the gradient's global norm is clipped to; infinite where not said
 */
public record Recipe(
        String json,
        Schedule schedule,
        long firstStep,
        double firstBeta,
        double secondBeta,
        double epsilon,
        double weightDecay,
        List<String> noDecay,
        double largestNorm,
        double zLoss) {

    public Recipe {
        noDecay = List.copyOf(noDecay);
    }

    public static Recipe read(Path file) {
        try {
            return parse(Files.readString(file), file.toString());
        } catch (IOException e) {
            throw new RefusedInput("%s: no readable recipe".formatted(file), e);
        }
    }

    /** {@code place} names the recipe in refusals. */
    public static Recipe parse(String json, String place) {
        var recipe = JsonSettings.parse(json, place);
        recipe.only("optimizer", "adamw");
        var betas = recipe.numbers("betas", List.of(0.9, 0.999));
        if (betas.size() != 2 || betas.stream().anyMatch(beta -> beta < 0 || beta >= 1)) {
            throw new RefusedInput(
                    "%s: 'betas' is %s: two numbers from 0 to below 1 are expected"
                            .formatted(place, betas));
        }
        double norm = recipe.number("max_grad_norm", 0);
        return new Recipe(
                json,
                Schedule.of(recipe),
                recipe.count("first_step", 1),
                betas.getFirst(),
                betas.getLast(),
                recipe.number("eps", 1e-8),
                recipe.number("weight_decay", 0),
                recipe.texts("no_decay"),
                norm == 0 ? Double.POSITIVE_INFINITY : norm,
                recipe.number("z_loss_multiplier", 0));
    }

    /** The learning rate of history step {@code step}. */
    public double learningRate(long step) {
        return schedule.at(firstStep + step);
    }
}
