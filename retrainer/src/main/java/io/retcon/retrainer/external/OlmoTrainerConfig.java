package io.retcon.retrainer.external;

import static java.util.Objects.requireNonNull;

import io.retcon.retrainer.export.TokenFolderManifest;
import io.retcon.schemas.RefusedInput;

import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A run's own config for OLMo's trainer (github.com/allenai/OLMo), changed where a retraining
 * differs from the run: it loads the checkpoint, trains on the arm's files in their order, stops
 * after the window and evaluates nothing. The schedule stays as it is, in tokens where the run has
 * it so. Two things OLMo has no setting for, and deploy/examples/olmo/in_order.py sees to them: the
 * files are not to be shuffled, and they begin with the window, not with the run.
 *
 * @param own the run's
 * @param place names it in refusals
 */
record OlmoTrainerConfig(Map<String, Object> own, String place) {
    OlmoTrainerConfig {
        requireNonNull(place, "place is null");
    }

    static OlmoTrainerConfig read(Path file) {
        try {
            return parse(Files.readString(file), file.toString());
        } catch (IOException e) {
            throw new RefusedInput(
                    "%s: the run's config for OLMo's trainer cannot be read: put it beside the checkpoint as config.yaml, or name it in the file of trainers"
                            .formatted(file),
                    e);
        }
    }

    static OlmoTrainerConfig parse(String yaml, String place) {
        try {
            var tree = new Load(LoadSettings.builder().build()).loadFromString(yaml);
            if (tree instanceof Map<?, ?> map
                    && map.containsKey("model")
                    && map.containsKey("optimizer")) {
                return new OlmoTrainerConfig(texts(map), place);
            }
        } catch (YamlEngineException e) {
            throw new RefusedInput(
                    "%s: not YAML: %s".formatted(place, e.getMessage().strip().replace('\n', ' ')),
                    e);
        }
        throw new RefusedInput(
                "%s: no config of OLMo's: 'model' or 'optimizer' is missing".formatted(place));
    }

    private static Map<String, Object> texts(Map<?, ?> map) {
        var texts = new LinkedHashMap<String, Object>();
        map.forEach((key, value) -> texts.put(Objects.toString(key), value));
        return texts;
    }

    /**
     * What differs from the run.
     *
     * @param name of the retraining
     * @param loadPath a checkpoint of OLMo's
     * @param cold whether the optimizer starts anew
     * @param history folder of the arm's token files
     * @param folder for the trainer's own files
     */
    record Retrained(
            String name,
            String loadPath,
            boolean cold,
            Path history,
            TokenFolderManifest tokens,
            Path folder) {}

    /** The config of a retraining, as YAML. */
    String of(Retrained retrained) {
        var config = new LinkedHashMap<>(own);
        config.keySet()
                .removeAll(
                        List.of(
                                "wandb",
                                "remote_save_folder",
                                "evaluators",
                                "extra_steps_after_cancel",
                                "stop_after"));
        config.put("run_name", retrained.name());
        config.put("load_path", retrained.loadPath());
        config.put("reset_optimizer_state", retrained.cold());
        config.put("reset_trainer_state", false);
        config.put("restore_dataloader", true); // Without it OLMo forgets the step, too.
        // A second attempt goes on from what the first one saved.
        config.put("try_load_latest_save", true);
        config.put("save_folder", retrained.folder().toString());
        config.put("save_overwrite", true);
        config.put("stop_at", retrained.tokens().toStep());
        config.put("evaluators", List.of());
        config.put("global_train_batch_size", retrained.tokens().sequencesPerStep());
        config.put("data", data(retrained));
        var model = new LinkedHashMap<>(texts((Map<?, ?>) own.get("model")));
        model.put("max_sequence_length", retrained.tokens().tokensPerSequence());
        config.put("model", model);
        var settings =
                DumpSettings.builder().setDefaultFlowStyle(FlowStyle.BLOCK).setWidth(120).build();
        return new Dump(settings).dumpToString(config);
    }

    private Map<String, Object> data(Retrained retrained) {
        var data = new LinkedHashMap<String, Object>();
        if (own.get("data") instanceof Map<?, ?> theirs) {
            data.putAll(texts(theirs));
        }
        data.keySet().removeAll(List.of("datasets", "custom_dataset", "instance_filter"));
        var files = retrained.tokens().files();
        data.put(
                "paths",
                files.stream().map(f -> retrained.history().resolve(f.name()).toString()).toList());
        data.put("memmap_dtype", retrained.tokens().tokenType());
        if (files.stream().anyMatch(file -> file.mask() != null)) {
            data.put("label_mask_paths", masks(retrained));
        }
        data.put("drop_last", true);
        return data;
    }

    /** OLMo wants a mask for every file or for none. */
    private static List<String> masks(Retrained retrained) {
        return retrained.tokens().files().stream()
                .map(file -> mask(retrained, file).toString())
                .toList();
    }

    private static Path mask(Retrained retrained, TokenFolderManifest.Tokens file) {
        if (file.mask() != null) {
            return retrained.history().resolve(file.mask());
        }
        var all = retrained.history().resolve(file.name().replaceFirst("^tokens-", "mask-"));
        var tokens = retrained.tokens();
        var ones = new byte[tokens.tokensPerSequence()];
        Arrays.fill(ones, (byte) 1);
        long sequences = (file.toStep() - file.fromStep()) * tokens.sequencesPerStep();
        try (var out = new BufferedOutputStream(Files.newOutputStream(all))) {
            for (long i = 0; i < sequences; i++) {
                out.write(ones);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all;
    }
}
