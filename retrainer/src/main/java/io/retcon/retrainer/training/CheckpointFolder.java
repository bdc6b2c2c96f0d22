package io.retcon.retrainer.training;

import io.retcon.retrainer.model.JsonSettings;
import io.retcon.retrainer.model.LanguageModel;
import io.retcon.retrainer.model.ModelConfig;
import io.retcon.retrainer.safetensors.ShardedTensors;
import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.Sha256;
import io.retcon.schemas.file.FolderTree;
import io.retcon.schemas.file.PlainFile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * A checkpoint on disk: config.json and model.safetensors as Hugging Face has them, and where
 * Retcon trained it also recipe.json, optimizer.safetensors and state.json.
 */
public record CheckpointFolder(Path path) {
    private static final String CONFIG = "config.json";
    private static final String RECIPE = "recipe.json";
    private static final String MODEL = "model.safetensors";
    private static final Pattern OTHER_WEIGHTS =
            Pattern.compile(
                    "(pytorch_model|model|tf_model|flax_model|consolidated|adapter_model).*"
                            + "\\.(bin|pt|pth|ckpt|h5|msgpack|gguf|safetensors)");
    private static final int MOST_NAMED = 3;
    private static final String INDEX = "model.safetensors.index.json";
    private static final String TOKENIZER = "tokenizer.json";
    private static final String OPTIMIZER = "optimizer.safetensors";
    private static final String STATE = "state.json";

    /** The text of config.json. */
    public String configJson() {
        return text(CONFIG)
                .orElseThrow(
                        () ->
                                new RefusedInput(
                                        "%s: no checkpoint: it has no config.json"
                                                .formatted(path)));
    }

    public ModelConfig config() {
        return ModelConfig.parse(configJson(), path.resolve(CONFIG).toString());
    }

    /** The recipe it was trained by. */
    public Recipe recipe() {
        state();
        var json =
                text(RECIPE)
                        .orElseThrow(
                                () ->
                                        new RefusedInput(
                                                "%s: it has no recipe.json to train on by"
                                                        .formatted(path)));
        return Recipe.parse(json, path.resolve(RECIPE).toString());
    }

    /**
     * Its weights, from model.safetensors or else from the shards that model.safetensors.index.json
     * names; checked against the digest in state.json where there is one.
     */
    public LanguageModel model() {
        requireWeights();
        state().modelSha256().ifPresent(sha -> check(MODEL, sha));
        if (isSharded()) {
            try (var tensors = ShardedTensors.open(path.resolve(INDEX))) {
                return LanguageModel.load(config(), tensors);
            }
        }
        return LanguageModel.load(config(), path.resolve(MODEL));
    }

    private boolean isSharded() {
        return !has(MODEL) && has(INDEX);
    }

    private void requireWeights() {
        if (!hasWeights()) {
            var others = otherWeights();
            throw new RefusedInput(
                    "%s: it has no %s%s"
                            .formatted(
                                    path,
                                    MODEL,
                                    others.isEmpty()
                                            ? ": put it there"
                                            : ", and %s cannot be read for it: save the model with safetensors, shards with their %s"
                                                    .formatted(others, INDEX)));
        }
    }

    /** Files that hold weights in formats that are not read, or shards without their index. */
    private List<String> otherWeights() {
        try (var files = Files.list(path)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> OTHER_WEIGHTS.matcher(name).matches())
                    .sorted()
                    .limit(MOST_NAMED)
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /** Whether its weights lie here. */
    public boolean hasWeights() {
        return has(MODEL) || isSharded();
    }

    private boolean has(String file) {
        return new PlainFile(path.resolve(file)).isThere();
    }

    /**
     * SHA-256 (hexadecimal) of model.safetensors; of a sharded model that of its shards' digests,
     * one after the other in the order of their names.
     */
    public String sha256() {
        requireWeights();
        if (!isSharded()) {
            return Sha256.ofFile(path.resolve(MODEL));
        }
        var shards = new Sha256();
        ShardedTensors.files(path.resolve(INDEX)).stream()
                .map(Sha256::ofFile)
                .forEach(shards::update);
        return shards.hex();
    }

    /** Its tokenizer.json, if it has one. */
    public Optional<Path> tokenizer() {
        return has(TOKENIZER) ? Optional.of(path.resolve(TOKENIZER)) : Optional.empty();
    }

    /** Puts a tokenizer.json beside the weights. */
    public void writeTokenizer(byte[] json) {
        try {
            Files.write(path.resolve(TOKENIZER), json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The token that ends documents, where config.json says so. */
    public OptionalInt eos() {
        return JsonSettings.parse(configJson(), path.resolve(CONFIG).toString())
                .firstCount("eos_token_id");
    }

    /** Whether there is an optimizer state to go on with. */
    public boolean hasOptimizer() {
        return has(OPTIMIZER);
    }

    /** History steps that it has seen. */
    public long step() {
        return state().step();
    }

    TrainingState state() {
        var state =
                text(STATE)
                        .map(json -> TrainingState.parse(json, path.resolve(STATE).toString()))
                        .orElseGet(TrainingState::unknown);
        if (!state.holds(text(CONFIG).orElse(""), text(RECIPE).orElse(""))) {
            throw new RefusedInput(
                    "%s: %s, %s or %s is not as it was saved: bring it back, or take %s and %s away to begin with the weights alone"
                            .formatted(path, CONFIG, RECIPE, STATE, STATE, OPTIMIZER));
        }
        return state;
    }

    /** The optimizer's file, checked against the digest in state.json. */
    Optional<Path> optimizer() {
        if (!hasOptimizer()) {
            return Optional.empty();
        }
        if (!has(STATE)) {
            throw new RefusedInput(
                    "%s: %s without %s, which says how many updates it has seen: bring it back, or take both away to begin cold"
                            .formatted(path, OPTIMIZER, STATE));
        }
        state().optimizerSha256().ifPresent(sha -> check(OPTIMIZER, sha));
        return Optional.of(path.resolve(OPTIMIZER));
    }

    /** Whether Retcon saved it, and its weights and optimizer state are as they were then. */
    public boolean isWhole() {
        try {
            var state = state();
            return state.modelSha256().filter(sha -> holds(MODEL, sha)).isPresent()
                    && state.optimizerSha256().filter(sha -> holds(OPTIMIZER, sha)).isPresent();
        } catch (RefusedInput damaged) {
            return false;
        }
    }

    private boolean holds(String file, String sha256) {
        return has(file) && Sha256.ofFile(path.resolve(file)).equals(sha256);
    }

    private void check(String file, String sha256) {
        if (!holds(file, sha256)) {
            throw new RefusedInput(
                    "%s: the file is damaged, its SHA-256 is not the one in state.json: bring it back as it was saved"
                            .formatted(path.resolve(file)));
        }
    }

    private Optional<String> text(String file) {
        try {
            return has(file) ? Optional.of(Files.readString(path.resolve(file))) : Optional.empty();
        } catch (IOException e) {
            throw new RefusedInput("%s: not readable".formatted(path.resolve(file)), e);
        }
    }

    /** Writes a checkpoint so that the folder appears whole or not at all. */
    static CheckpointFolder write(
            Path path,
            String configJson,
            String recipeJson,
            Consumer<Path> model,
            Consumer<Path> optimizer,
            TrainingState state) {
        var part = path.resolveSibling("." + path.getFileName() + ".part");
        try {
            new FolderTree(part).delete();
            Files.createDirectories(part);
            model.accept(part.resolve(MODEL));
            optimizer.accept(part.resolve(OPTIMIZER));
            var digests =
                    state.with(
                                    Sha256.ofFile(part.resolve(MODEL)),
                                    Sha256.ofFile(part.resolve(OPTIMIZER)))
                            .sealed(configJson, recipeJson);
            writeSynced(part.resolve(CONFIG), configJson);
            writeSynced(part.resolve(RECIPE), recipeJson);
            writeSynced(part.resolve(STATE), digests.json());
            sync(part);
            replace(path, part);
            return new CheckpointFolder(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same folder elsewhere on its disk, in the place of what may stand there. */
    public CheckpointFolder movedTo(Path place) {
        try {
            Files.createDirectories(place.toAbsolutePath().getParent());
            replace(place, path);
            return new CheckpointFolder(place);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void replace(Path path, Path by) throws IOException {
        var old = path.resolveSibling("." + path.getFileName() + ".old");
        new FolderTree(old).delete();
        if (Files.exists(path)) {
            Files.move(path, old, StandardCopyOption.ATOMIC_MOVE);
        }
        Files.move(by, path, StandardCopyOption.ATOMIC_MOVE);
        sync(path.toAbsolutePath().getParent());
        new FolderTree(old).delete();
    }

    private static void writeSynced(Path file, String text) throws IOException {
        Files.writeString(file, text);
        sync(file);
    }

    private static void sync(Path path) throws IOException {
        try (var channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
