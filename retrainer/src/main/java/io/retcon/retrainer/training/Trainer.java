package io.retcon.retrainer.training;

import static java.util.Objects.requireNonNull;

import io.retcon.retrainer.kernels.Crew;
import io.retcon.retrainer.kernels.FloatArena;
import io.retcon.retrainer.model.Example;
import io.retcon.retrainer.model.GradientPass;
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
 * A model in training: its weights, its optimizer and the history step it has come to. A step's
 * sequences are split into one share a thread; the same weights, sequences and number of threads
 * give the same bits. Not thread-safe.
 */
public final class Trainer implements AutoCloseable {
    /** What checkpoints call this engine. */
    public static final String ENGINE = "nd4j";

    /**
     * A loss of so many times a uniform guess's, the log of the vocabulary, is no training any
     * more.
     */
    private static final double DIVERGED = 10;

    private final String configJson;
    private final Recipe recipe;
    private final OptionalInt eos;
    private final LanguageModel model;
    private final FloatArena arena = new FloatArena();
    private final AdamW optimizer;
    private final Crew crew;
    private final List<GradientPass> passes = new ArrayList<>();
    private long step;
    private long updates;

    private Trainer(String configJson, Recipe recipe, LanguageModel model, int threads) {
        this.configJson = requireNonNull(configJson, "configJson is null");
        this.recipe = requireNonNull(recipe, "recipe is null");
        this.eos = endOfDocuments(configJson, recipe);
        this.model = model;
        this.optimizer = new AdamW(recipe, model.layout(), arena);
        this.crew = new Crew(threads);
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
    public static Trainer fresh(String configJson, Recipe recipe, long seed, int threads) {
        var config = ModelConfig.parse(configJson, "config.json");
        return new Trainer(configJson, recipe, LanguageModel.fresh(config, seed), threads);
    }

    /** Continues from a checkpoint, at the step that its state.json says. */
    public static Trainer open(
            CheckpointFolder folder, Recipe recipe, OptimizerStart start, int threads) {
        return open(folder, folder.step(), recipe, start, threads);
    }

    /** Continues from a checkpoint that has seen history steps 0 … {@code step - 1}. */
    public static Trainer open(
            CheckpointFolder folder, long step, Recipe recipe, OptimizerStart start, int threads) {
        var saved = start == OptimizerStart.COLD ? Optional.<Path>empty() : folder.optimizer();
        if (start == OptimizerStart.SAVED && saved.isEmpty()) {
            throw new RefusedInput(
                    "%s: the checkpoint has no optimizer.safetensors to continue with"
                            .formatted(folder.path()));
        }
        var trainer = new Trainer(folder.configJson(), recipe, folder.model(), threads);
        try {
            trainer.step = step;
            if (saved.isPresent()) {
                trainer.optimizer.load(saved.get());
                trainer.updates = folder.state().updates();
            }
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

    public LanguageModel model() {
        return model;
    }

    public int threads() {
        return crew.threads();
    }

    /**
     * Multiplies every weight by 1 + {@code relative} · u, with u uniform in [-1, 1) and the same
     * for the same seed.
     */
    public void jitter(long seed, double relative) {
        var random = new SplittableRandom(seed);
        for (var parameter : model.layout().parameters()) {
            for (long i = parameter.offset(); i < parameter.end(); i++) {
                double factor = 1 + relative * (2 * random.nextDouble() - 1);
                model.weights().set(i, (float) (model.weights().get(i) * factor));
            }
        }
    }

    /**
     * One update on sequences of token ids; every token but a sequence's first is a target.
     *
     * @throws RefusedInput if the loss is no number any more or far above that of a blind guess;
     *     then nothing was updated, and {@link #save} keeps the state before this step
     */
    public StepReport step(int[][] sequences) {
        check(sequences);
        return stepOn(Arrays.stream(sequences).map(this::example).toList());
    }

    /** One update that counts the loss only where {@code counted} says so of the target token. */
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
        return stepOn(examples);
    }

    private Example example(int[] sequence) {
        var example = Example.nextTokens(sequence);
        return eos.isPresent() ? example.withinDocuments(eos.getAsInt()) : example;
    }

    private StepReport stepOn(List<Example> examples) {
        int targets = examples.stream().mapToInt(Example::count).sum();
        if (targets == 0) {
            throw new RefusedInput("step %d has no token to learn from".formatted(step));
        }
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
                                            1.0 / targets,
                                            recipe.microBatch())
                                    .crossEntropy();
                });
        double loss = Arrays.stream(losses).reduce(0, Double::sum) / targets;
        var gradients =
                passes.subList(0, shares.size()).stream().map(GradientPass::gradients).toList();
        double norm = optimizer.fold(gradients, crew);
        double rate = recipe.learningRate(step);
        if (!Double.isFinite(norm)
                || !(loss <= DIVERGED * Math.log(model.config().vocabulary() + 1))) {
            throw new RefusedInput(
                    "step %d: training diverged (loss %s, gradient norm %s): lower learning_rate or max_grad_norm"
                            .formatted(step, loss, norm));
        }
        optimizer.update(model.weights(), gradients.getFirst(), norm, rate, updates + 1, crew);
        long tokens = examples.stream().mapToLong(e -> e.tokens().length).sum();
        var report = new StepReport(step, loss, norm, rate, tokens);
        step++;
        updates++;
        return report;
    }

    private void check(int[][] sequences) {
        var sizes = model.config().sizes();
        for (int s = 0; s < sequences.length; s++) {
            var tokens = sequences[s];
            if (tokens.length < 1 || tokens.length > sizes.positions()) {
                throw new RefusedInput(
                        "step %d, sequence %d: %d tokens where the model has 1 to %d positions"
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

    /** Saves a checkpoint of this step; a folder that stands there is replaced. */
    public CheckpointFolder save(Path path) {
        return CheckpointFolder.write(
                path,
                configJson,
                recipe.json(),
                model::save,
                optimizer::save,
                new TrainingState(
                        step, updates, crew.threads(), Optional.empty(), Optional.empty()));
    }

    @Override
    public void close() {
        crew.close();
        passes.forEach(GradientPass::close);
        arena.close();
        model.close();
    }
}
