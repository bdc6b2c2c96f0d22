package io.retcon.retrainer.training;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import io.retcon.retrainer.engine.Engine;
import io.retcon.retrainer.model.JsonSettings;

import java.util.Optional;

/**
 * How far a checkpoint is: its state.json.
 *
 * @param step history steps seen
 * @param updates updates that the optimizer's moments have seen
 * @param threads threads that trained it; another number gives other bits
 * @param modelSha256 of model.safetensors
 * @param optimizerSha256 of optimizer.safetensors
 */
record TrainingState(
        long step,
        long updates,
        long threads,
        Optional<String> modelSha256,
        Optional<String> optimizerSha256) {

    /** Of a folder that says nothing: trained elsewhere, to be continued from step 0. */
    static TrainingState unknown() {
        return new TrainingState(0, 0, 0, Optional.empty(), Optional.empty());
    }

    static TrainingState parse(String json, String place) {
        var state = JsonSettings.parse(json, place);
        return new TrainingState(
                state.count("step", 0),
                state.count("updates", 0),
                state.count("threads", 0),
                state.has("model_sha256")
                        ? Optional.of(state.text("model_sha256"))
                        : Optional.empty(),
                state.has("optimizer_sha256")
                        ? Optional.of(state.text("optimizer_sha256"))
                        : Optional.empty());
    }

    String json() {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("step", step)
                .put("updates", updates)
                .put("engine", Engine.here().name())
                .put("threads", threads);
        modelSha256.ifPresent(sha -> json.put("model_sha256", sha));
        optimizerSha256.ifPresent(sha -> json.put("optimizer_sha256", sha));
        return json.toPrettyString() + "\n";
    }
}
