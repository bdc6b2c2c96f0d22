package io.retcon.retrainer.training;

import io.retcon.retrainer.model.JsonSettings;
import io.retcon.retrainer.model.Parameter;
import io.retcon.retrainer.model.ParameterLayout;
import io.retcon.schemas.KnownWords;
import io.retcon.schemas.RefusedInput;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;

/**
 * How a run trains, bound from a recipe.json with the keys {@code learning_rate}, {@code schedule}
 * (cosine, linear, constant), {@code warmup_steps}, {@code t_max} (or both in tokens: {@code
 * warmup_tokens}, {@code t_max_tokens} with {@code tokens_per_step}, or {@code batch} and {@code
 * sequence_length}), {@code warmup_min_lr}, {@code alpha_f}, {@code first_step}, {@code betas},
 * {@code eps}, {@code weight_decay}, {@code no_decay}, {@code decay_norm_and_bias}, {@code
 * decay_embeddings}, {@code max_grad_norm}, {@code z_loss_multiplier}, {@code micro_batch}, {@code
 * activation_checkpointing} (engine libtorch), {@code intra_document_masking}, {@code
 * eos_token_id}. A file that ends in .yaml or .yml is read as OLMo's config instead ({@link
 * OlmoConfig}).
 *
 * <p>Another key is refused, but for {@code steps}, {@code batch} and {@code sequence_length},
 * which describe the history.
 *
 * @param json the recipe as JSON, which checkpoints keep
 * @param place the file, for messages
 * @param unit of the schedule's positions, in steps
 * @param firstStep the schedule's position at history step 0, in steps
 * @param spared the tensors that weight decay spares
 * @param largestNorm what the gradient's global norm is clipped to; infinite where not said
 * @param microBatch the most sequences that go through the network at once, a thread of engine
 *     nd4j; the largest int where that is left to the engine
 * @param checkpointing whether blocks are computed again on the way back, which saves memory
 * @param eos the token that ends documents, where the recipe says so
 */
public record Recipe(
        String json,
        String place,
        Schedule schedule,
        long unit,
        long firstStep,
        double firstBeta,
        double secondBeta,
        double epsilon,
        double weightDecay,
        Spared spared,
        double largestNorm,
        double zLoss,
        int microBatch,
        Checkpointing checkpointing,
        Visibility visibility,
        OptionalInt eos) {

    private static final Set<String> KEYS =
            Set.of(
                    "optimizer",
                    "learning_rate",
                    "schedule",
                    "warmup_steps",
                    "warmup_tokens",
                    "warmup_min_lr",
                    "t_max",
                    "t_max_tokens",
                    "alpha_f",
                    "tokens_per_step",
                    "first_step",
                    "betas",
                    "eps",
                    "weight_decay",
                    "no_decay",
                    "decay_norm_and_bias",
                    "decay_embeddings",
                    "max_grad_norm",
                    "z_loss_multiplier",
                    "micro_batch",
                    "activation_checkpointing",
                    "intra_document_masking",
                    "eos_token_id",
                    "steps",
                    "batch",
                    "sequence_length");

    /** Where null says that there is none. */
    private static final Set<String> NULLABLE =
            Set.of(
                    "t_max",
                    "t_max_tokens",
                    "max_grad_norm",
                    "micro_batch",
                    "activation_checkpointing",
                    "eos_token_id",
                    "steps");

    /** Activation checkpointing (Chen et al., 2016). */
    public enum Checkpointing {
        ALWAYS,
        NEVER,
        /** Where memory runs out otherwise. */
        AS_NEEDED;

        private static final String KEY = "activation_checkpointing";

        static Checkpointing of(JsonSettings recipe) {
            if (!recipe.has(KEY)) {
                return AS_NEEDED;
            }
            return recipe.flag(KEY, false) ? ALWAYS : NEVER;
        }
    }

    public static Recipe read(Path file) {
        var place = file.toString();
        try {
            var text = Files.readString(file);
            var name = place.toLowerCase(Locale.ROOT);
            boolean yaml = name.endsWith(".yaml") || name.endsWith(".yml");
            return parse(yaml ? OlmoConfig.recipe(text, place) : text, place);
        } catch (CharacterCodingException e) {
            throw new RefusedInput("%s is not UTF-8 text: save it as UTF-8".formatted(file), e);
        } catch (IOException e) {
            throw new RefusedInput("%s: no readable recipe".formatted(file), e);
        }
    }

    /** {@code place} names the recipe in refusals. */
    public static Recipe parse(String json, String place) {
        var recipe = JsonSettings.parse(json, place);
        recipe.refuseOthers(KEYS, NULLABLE);
        recipe.only("optimizer", "adamw");
        var betas = recipe.numbers("betas", List.of(0.9, 0.999));
        if (betas.size() != 2 || betas.stream().anyMatch(beta -> beta < 0 || beta >= 1)) {
            throw new RefusedInput(
                    "%s: 'betas' is %s: two numbers from 0 to below 1 are expected"
                            .formatted(place, betas));
        }
        double norm = recipe.number("max_grad_norm", 0);
        recipe.count("steps", 0);
        var unit = Schedule.Unit.of(recipe);
        return new Recipe(
                json,
                place,
                Schedule.of(recipe, unit),
                unit == Schedule.Unit.TOKENS ? tokensPerStep(recipe) : 1,
                recipe.count("first_step", 1),
                betas.getFirst(),
                betas.getLast(),
                recipe.aboveZero("eps", 1e-8),
                recipe.number("weight_decay", 0),
                Spared.of(recipe),
                norm == 0 ? Double.POSITIVE_INFINITY : norm,
                recipe.number("z_loss_multiplier", 0),
                recipe.positive("micro_batch", Integer.MAX_VALUE),
                Checkpointing.of(recipe),
                recipe.flag("intra_document_masking", false)
                        ? Visibility.DOCUMENT
                        : Visibility.SEQUENCE,
                recipe.firstCount("eos_token_id"));
    }

    private static long tokensPerStep(JsonSettings recipe) {
        if (!recipe.has("tokens_per_step")) {
            return (long) recipe.positive("batch") * recipe.positive("sequence_length");
        }
        int tokens = recipe.positive("tokens_per_step");
        if (recipe.has("batch") && recipe.has("sequence_length")) {
            long product = (long) recipe.positive("batch") * recipe.positive("sequence_length");
            if (product != tokens) {
                throw new RefusedInput(
                        "%s: 'tokens_per_step' is %d but batch times sequence_length %d: keep what is right"
                                .formatted(recipe.place(), tokens, product));
            }
        }
        return tokens;
    }

    /** Weight decay of a tensor. */
    public double decayOf(String tensor) {
        return spared.matches(tensor) ? 0 : weightDecay;
    }

    /**
     * @throws RefusedInput if {@code no_decay} names a tensor that a model of these has not
     */
    public void requireTensors(ParameterLayout layout) {
        var names = layout.parameters().stream().map(Parameter::name).toList();
        for (var entry : spared.names()) {
            if (names.stream().noneMatch(new NamePatterns(List.of(entry))::matches)) {
                throw new RefusedInput(
                        "%s: 'no_decay' names '%s', which is no tensor of the model%s"
                                .formatted(place, entry, mend(entry, names)));
            }
        }
    }

    private static String mend(String entry, Collection<String> names) {
        var part = "*" + entry + "*";
        return names.stream().anyMatch(new NamePatterns(List.of(part))::matches)
                ? ": for all names with this part write '%s'".formatted(part)
                : new KnownWords(Set.copyOf(names)).mend(entry);
    }

    /** What a gradient of that global norm is multiplied by. */
    public double clip(double norm) {
        return Math.min(1, largestNorm / (norm + 1e-6));
    }

    /** The learning rate of history step {@code step}. */
    public double learningRate(long step) {
        return schedule.at((firstStep + step) * unit);
    }
}
