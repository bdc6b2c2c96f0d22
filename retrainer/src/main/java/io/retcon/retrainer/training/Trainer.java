package io.retcon.retrainer.training;

import static java.util.Objects.requireNonNull;

import io.retcon.retrainer.engine.Compute;
import io.retcon.retrainer.engine.Engine;
import io.retcon.retrainer.engine.Updates;
import io.retcon.retrainer.model.Example;
import io.retcon.retrainer.model.JsonSettings;
import io.retcon.retrainer.model.LanguageModel;
import io.retcon.retrainer.model.ModelConfig;
import io.retcon.schemas.RefusedInput;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;

/**
 * A model in training: its weights, its optimizer and the history step it has come to. The same
 * weights, sequences, engine and number of threads give the same bits on a CPU. Not thread-safe.
 */
public final class Trainer implements AutoCloseable {
    /**
     * A loss of so many times a uniform guess's, the log of the vocabulary, is no training any
     * more.
     */
    private static final double DIVERGED = 10;

    private final String configJson;
    private final Recipe recipe;
    private final OptionalInt eos;
    private final LanguageModel model;
    private final Moments moments;
    private final Compute compute;
    private final Updates engine;
    private long step;
    private long updates;

    private Trainer(String configJson, Recipe recipe, LanguageModel model, Compute compute) {
        this.configJson = requireNonNull(configJson, "configJson is null");
        this.recipe = requireNonNull(recipe, "recipe is null");
        this.eos = endOfDocuments(configJson, recipe);
        this.model = model;
        this.compute = compute;
        this.moments = new Moments(model.layout());
        this.engine = Engine.here().updates(model, moments, recipe, compute);
    }

    /** The token that cuts sequences into documents, if the recipe wants them cut. */
    private static OptionalInt endOfDocuments(String configJson, Recipe recipe) {
        if (recipe.visibility() == Visibility.SEQUENCE) {
            return OptionalInt.empty();
        }
        var eos =
                recipe.eos().isPresent()
                        ? recipe.eos()
                        : JsonSettings.parse(configJson, "config.json").firstCount("eos_token_id");
        if (eos.isEmpty()) {
            throw new RefusedInput(
                    "intra_document_masking needs the token that ends documents: give eos_token_id"
                            + " in the recipe or in config.json");
        }
        return eos;
    }

    /** A fresh model at step 0. */
    public static Trainer fresh(String configJson, Recipe recipe, long seed, Compute compute) {
        Engine.here().require(compute);
        var config = ModelConfig.parse(configJson, "config.json");
        requireFit(configJson, config, recipe);
        return new Trainer(configJson, recipe, LanguageModel.fresh(config, seed), compute);
    }

    private static void requireFit(String configJson, ModelConfig config, Recipe recipe) {
        ModelConfig.requireTrainable(configJson, "config.json");
        recipe.requireTensors(config.layout());
    }

    /** The same on so many threads of the CPU. */
    public static Trainer fresh(String configJson, Recipe recipe, long seed, int threads) {
        return fresh(configJson, recipe, seed, Compute.cpu(threads));
    }

    /** Continues from a checkpoint, at the step that its state.json says. */
    public static Trainer open(
            CheckpointFolder folder, Recipe recipe, OptimizerStart start, Compute compute) {
        return open(folder, folder.step(), recipe, start, compute);
    }

    /** The same on so many threads of the CPU. */
    public static Trainer open(
            CheckpointFolder folder, Recipe recipe, OptimizerStart start, int threads) {
        return open(folder, recipe, start, Compute.cpu(threads));
    }

    /** Continues from a checkpoint that has seen history steps 0 … {@code step - 1}. */
    public static Trainer open(
            CheckpointFolder folder,
            long step,
            Recipe recipe,
            OptimizerStart start,
            Compute compute) {
        Engine.here().require(compute);
        var saved = start == OptimizerStart.COLD ? Optional.<Path>empty() : folder.optimizer();
        if (start == OptimizerStart.SAVED && saved.isEmpty()) {
            throw new RefusedInput(
                    "%s: the checkpoint has no optimizer.safetensors to continue with"
                            .formatted(folder.path()));
        }
        requireFit(folder.configJson(), folder.config(), recipe);
        var trainer = new Trainer(folder.configJson(), recipe, folder.model(), compute);
        try {
            trainer.step = step;
            if (saved.isPresent()) {
                trainer.moments.load(saved.get());
                trainer.updates = folder.state().updates();
            }
            trainer.engine.push();
            return trainer;
        } catch (RuntimeException e) {
            trainer.close();
            throw e;
        }
    }

    /** History steps seen so far; also the next history step to train on. */
    public long step() {
        return step;
    }

    /** With the weights as they are now, until the next step. */
    public LanguageModel model() {
        engine.pull();
        return model;
    }

    public Compute compute() {
        return compute;
    }

    /**
     * Multiplies every weight by 1 + {@code relative} · u, with u uniform in [-1, 1) and the same
     * for the same seed.
     */
    public void jitter(long seed, double relative) {
        engine.pull();
        var random = new SplittableRandom(seed);
        for (var parameter : model.layout().parameters()) {
            for (long i = parameter.offset(); i < parameter.end(); i++) {
                double factor = 1 + relative * (2 * random.nextDouble() - 1);
                model.weights().set(i, (float) (model.weights().get(i) * factor));
            }
        }
        engine.push();
    }

    /**
     * One update on sequences of token ids; every token but a sequence's first is a target.
     *
     * @throws RefusedInput if the loss is no number any more or far above that of a blind guess;
     *     then nothing was updated, and {@link #save} keeps the state before this step
     */
    public StepReport step(int[][] sequences) {
        check(sequences);
        return stepOn(sequences, Arrays.stream(sequences).map(this::example).toList());
    }

    /**
     * One update that counts the loss only where {@code counted} says so of the target token, and
     * divides it by all targets, as OLMo's trainer does: a mask changes no other token's weight.
     */
    public StepReport step(int[][] sequences, boolean[][] counted) {
        check(sequences);
        var examples = new ArrayList<Example>();
        for (int s = 0; s < sequences.length; s++) {
            var example = example(sequences[s]);
            for (int t = 1; t < sequences[s].length; t++) {
                if (!counted[s][t]) {
                    example.targets()[t - 1] = -1;
                }
            }
            examples.add(example);
        }
        return stepOn(sequences, examples);
    }

    private Example example(int[] sequence) {
        var example = Example.nextTokens(sequence, model.config().sizes().positions());
        return eos.isPresent() ? example.withinDocuments(eos.getAsInt()) : example;
    }

    /** The loss is divided by all tokens that follow another, whether it counts them or not. */
    private StepReport stepOn(int[][] sequences, List<Example> examples) {
        int following = Arrays.stream(sequences).mapToInt(sequence -> sequence.length - 1).sum();
        if (following == 0) {
            throw new RefusedInput("step %d has no token to learn from".formatted(step));
        }
        var gradient = engine.gradient(examples, following);
        double rate = recipe.learningRate(step);
        if (!Double.isFinite(gradient.norm())
                || !(gradient.loss() <= DIVERGED * Math.log(model.config().vocabulary() + 1))) {
            throw new RefusedInput(
                    "step %d: training diverged (loss %s, gradient norm %s): lower learning_rate or max_grad_norm"
                            .formatted(step, gradient.loss(), gradient.norm()));
        }
        engine.update(gradient, rate, updates + 1);
        long tokens = examples.stream().mapToLong(e -> e.tokens().length).sum();
        var report = new StepReport(step, gradient.loss(), gradient.norm(), rate, tokens);
        step++;
        updates++;
        return report;
    }

    private void check(int[][] sequences) {
        var sizes = model.config().sizes();
        for (int s = 0; s < sequences.length; s++) {
            var tokens = sequences[s];
            if (tokens.length < 1 || tokens.length > sizes.positions() + 1) {
                throw new RefusedInput(
                        "step %d, sequence %d: %d tokens where the model has %d positions: up to one token more is read"
                                .formatted(step, s, tokens.length, sizes.positions()));
            }
            for (int t = 0; t < tokens.length; t++) {
                if (tokens[t] < 0 || tokens[t] >= sizes.vocabulary()) {
                    throw new RefusedInput(
                            "step %d, sequence %d, token %d: id %d is not in the vocabulary of %d"
                                    .formatted(step, s, t, tokens[t], sizes.vocabulary()));
                }
            }
        }
    }

    /** Saves a checkpoint of this step; a folder that stands there is replaced. */
    public CheckpointFolder save(Path path) {
        engine.pull();
        return CheckpointFolder.write(
                path,
                configJson,
                recipe.json(),
                model::save,
                moments::save,
                TrainingState.at(step, updates, compute.threads()));
    }

    @Override
    public void close() {
        engine.close();
        moments.close();
        model.close();
    }
}
