package io.retcon.retrainer.training;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import io.retcon.retrainer.engine.Engine;
import io.retcon.retrainer.model.JsonSettings;
import io.retcon.schemas.Sha256;

import java.util.Optional;
import java.util.Set;

/**
 * How far a checkpoint is: its state.json.
 *
 * @param step history steps seen
 * @param updates updates that the optimizer's moments have seen
 * @param threads threads that trained it; another number gives other bits
 * @param modelSha256 of model.safetensors
 * @param optimizerSha256 of optimizer.safetensors
 * @param seal SHA-256 of all this with config.json and recipe.json, so that a change of any is seen
 */
record TrainingState(
        long step,
        long updates,
        long threads,
        Optional<String> modelSha256,
        Optional<String> optimizerSha256,
        Optional<String> seal) {
    private static final Set<String> KEYS =
            Set.of(
                    "step",
                    "updates",
                    "engine",
                    "threads",
                    "model_sha256",
                    "optimizer_sha256",
                    "seal");

    /** Of a folder that says nothing: trained elsewhere, to be continued from step 0. */
    static TrainingState unknown() {
        return at(0, 0, 0);
    }

    /** Of a trainer, to be saved with what lies beside it. */
    static TrainingState at(long step, long updates, long threads) {
        return new TrainingState(
                step, updates, threads, Optional.empty(), Optional.empty(), Optional.empty());
    }

    TrainingState with(String modelSha256, String optimizerSha256) {
        return new TrainingState(
                step,
                updates,
                threads,
                Optional.of(modelSha256),
                Optional.of(optimizerSha256),
                Optional.empty());
    }

    TrainingState sealed(String configJson, String recipeJson) {
        return new TrainingState(
                step,
                updates,
                threads,
                modelSha256,
                optimizerSha256,
                Optional.of(sealOf(configJson, recipeJson)));
    }

    /** Whether it is as it was saved, with these files beside it; true of one without a seal. */
    boolean holds(String configJson, String recipeJson) {
        return seal.isEmpty() || seal.get().equals(sealOf(configJson, recipeJson));
    }

    private String sealOf(String configJson, String recipeJson) {
        return Sha256.of(
                String.join(
                        "\n",
                        "%d %d %d".formatted(step, updates, threads),
                        modelSha256.orElse(""),
                        optimizerSha256.orElse(""),
                        Sha256.of(configJson),
                        Sha256.of(recipeJson)));
    }

    static TrainingState parse(String json, String place) {
        var state = JsonSettings.parse(json, place);
        state.refuseOthers(KEYS, Set.of());
        return new TrainingState(
                state.count("step", 0),
                state.count("updates", 0),
                state.count("threads", 0),
                text(state, "model_sha256"),
                text(state, "optimizer_sha256"),
                text(state, "seal"));
    }

    private static Optional<String> text(JsonSettings state, String key) {
        return state.has(key) ? Optional.of(state.text(key)) : Optional.empty();
    }

    String json() {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("step", step)
                .put("updates", updates)
                .put("engine", Engine.here().name())
                .put("threads", threads);
        modelSha256.ifPresent(sha -> json.put("model_sha256", sha));
        optimizerSha256.ifPresent(sha -> json.put("optimizer_sha256", sha));
        seal.ifPresent(sha -> json.put("seal", sha));
        return json.toPrettyString() + "\n";
    }
}
