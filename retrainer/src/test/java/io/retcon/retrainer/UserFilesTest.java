package io.retcon.retrainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.retcon.retrainer.engine.Compute;
import io.retcon.retrainer.engine.EngineContract;
import io.retcon.retrainer.evaluation.Unconditional;
import io.retcon.retrainer.retraining.LocalRetraining;
import io.retcon.retrainer.safetensors.SafetensorsFile;
import io.retcon.retrainer.scoring.ItemReader;
import io.retcon.retrainer.scoring.LocalScorer;
import io.retcon.retrainer.scoring.ScoredItem;
import io.retcon.retrainer.training.CheckpointFolder;
import io.retcon.retrainer.training.OptimizerStart;
import io.retcon.retrainer.training.Recipe;
import io.retcon.retrainer.training.Trainer;
import io.retcon.schemas.RefusedInput;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Files of users that were read wrongly, with what float64 PyTorch computes from them. */
@EngineContract
class UserFilesTest {
    @TempDir private static Path cases;
    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"true", "True", "TRUE", "yes", "Yes", "on", "ON", "\"True\"", "1"})
    void everyTrueOfOlmosConfigIsTrue(String word) throws IOException {
        // Given
        var yaml = Files.readString(resource("olmo/olmo-true.yaml"));
        var recipe =
                Files.writeString(folder.resolve("olmo.yaml"), yaml.replace(": true", ": " + word));
        // When
        var losses = losses(resource("llama"), resource("olmo/history.npy"), Recipe.read(recipe));
        // Then
        assertThat(losses.getFirst()).isCloseTo(5.257134, within(2e-5));
    }

    @Test
    void falseSwitchesOfOlmosConfigAreFalse() throws IOException {
        // Given
        var yaml = Files.readString(resource("olmo/olmo-true.yaml"));
        var recipe =
                Files.writeString(folder.resolve("olmo.yaml"), yaml.replace(": true", ": Off"));
        // When
        var losses = losses(resource("llama"), resource("olmo/history.npy"), Recipe.read(recipe));
        // Then
        assertThat(losses.getFirst()).isCloseTo(5.182079, within(2e-5));
    }

    @Test
    void anUpperCaseNameIsAYamlTooAndOtherEncodingsAreNamed() throws IOException {
        // Given
        var yaml = Files.readString(resource("olmo/olmo-true.yaml"));
        var upper = Files.writeString(folder.resolve("OLMO.YAML"), yaml);
        var wide = Files.write(folder.resolve("wide.yaml"), yaml.getBytes(StandardCharsets.UTF_16));
        // When
        var recipe = Recipe.read(upper);
        // Then
        assertThat(recipe.zLoss()).isEqualTo(0.1);
        assertThatThrownBy(() -> Recipe.read(wide))
                .isInstanceOf(RefusedInput.class)
                .hasMessageEndingWith("wide.yaml is not UTF-8 text: save it as UTF-8");
    }

    @Test
    void aHeaderOfBracketsIsDamageInOurWords() throws IOException {
        // Given
        var checkpoint = copy("pythia/config.json", "pythia/model.safetensors");
        var header = ("{\"a\":" + "[".repeat(5_000)).getBytes(StandardCharsets.UTF_8);
        var file =
                ByteBuffer.allocate(Long.BYTES + header.length)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(header.length)
                        .put(header);
        Files.write(checkpoint.resolve("model.safetensors"), file.array());
        // When, Then
        assertThatThrownBy(() -> SafetensorsFile.open(checkpoint.resolve("model.safetensors")))
                .isInstanceOf(RefusedInput.class)
                .hasMessageEndingWith("the file is damaged, download it again");
    }

    /** 65 tokens for 64 positions: 128 targets of two sequences. */
    @Test
    void samplesOfOneTokenMoreThanTheModelHasPositionsTrainOnAllOfThem() throws IOException {
        // When
        var losses =
                losses(
                        resource("gpt_neox"),
                        resource("gpt_neox/history.npy"),
                        Recipe.read(resource("gpt_neox/recipe.json")));
        // Then
        assertThat(losses.getFirst()).isCloseTo(4.854998, within(2e-5));
    }

    @ParameterizedTest
    @ValueSource(strings = {"U8", "BOOL", "I8"})
    void constantsOfPublishedPythiasArePassedOverWhateverTheirType(String type) throws IOException {
        // Given
        var checkpoint = copy("pythia/config.json", "pythia/model.safetensors");
        retype(checkpoint.resolve("model.safetensors"), "U8", type);
        // When
        var scores = scores(checkpoint);
        // Then
        assertScores(scores.getFirst(), -6.40879, -14.46653, -10.11574);
        assertScores(scores.getLast(), -4.70576, -4.82518);
    }

    @ParameterizedTest
    @ValueSource(strings = {"by-layer-type", "in-rope_scaling"})
    void theRotaryBaseIsReadFromWhereTransformersKeepsIt(String config) throws IOException {
        // Given
        var checkpoint = copy("rotary/model.safetensors");
        Files.copy(resource("rotary/%s.json".formatted(config)), checkpoint.resolve("config.json"));
        // When, Then
        assertScores(scores(checkpoint).getFirst(), -4.25274, -16.28336, -10.94722);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "typos.json|'warmup' is no key that is known here, did you mean warmup_steps?",
                "ndtypo.json|'no_decay' names 'model.embed_token.weight', which is no tensor of the"
                        + " model, did you mean model.embed_tokens.weight?",
                "ndsub.json|'no_decay' names 'bias', which is no tensor of the model: take it out"
            })
    void wordsOfARecipeThatMeanNothingAreRefused(String file, String reason) {
        // Given
        var recipe = resource("recipes/" + file);
        // When, Then
        assertThatThrownBy(
                        () ->
                                losses(
                                        resource("llama"),
                                        resource("recipes/history.npy"),
                                        Recipe.read(recipe)))
                .isInstanceOf(RefusedInput.class)
                .hasMessageStartingWith("%s: %s".formatted(recipe, reason));
    }

    @Test
    void aPartOfNamesIsToBeWrittenAsAGlob() {
        // Given
        var recipe =
                Recipe.parse(
                        "{\"learning_rate\": 1, \"t_max\": 9, \"no_decay\": [\"norm.weight\"]}",
                        "recipe");
        // When, Then
        assertThatThrownBy(
                        () ->
                                recipe.requireTensors(
                                        new CheckpointFolder(resource("llama")).config().layout()))
                .isInstanceOf(RefusedInput.class)
                .hasMessageEndingWith("for all names with this part write '*norm.weight*'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nd0", "ndglob", "notypos"})
    void recipesThatMeanSomethingAreTrainedBy(String name) throws IOException {
        // When
        var losses =
                losses(
                        resource("llama"),
                        resource("recipes/history.npy"),
                        Recipe.read(resource("recipes/%s.json".formatted(name))));
        // Then
        assertThat(losses).isNotEmpty().allMatch(Double::isFinite);
    }

    private List<Double> losses(Path checkpoint, Path history, Recipe recipe) {
        var losses = new ArrayList<Double>();
        try (var retraining = new LocalRetraining(history);
                var trainer =
                        Trainer.open(
                                new CheckpointFolder(checkpoint),
                                recipe,
                                OptimizerStart.COLD,
                                Compute.cpu(1))) {
            retraining.run(trainer, step -> losses.add(step.loss()));
        }
        return losses;
    }

    private static List<ScoredItem> scores(Path checkpoint) {
        var refused = new ArrayList<RefusedInput>();
        var items =
                new ItemReader(Optional.empty(), Unconditional.SKIPPED)
                        .read(resource("items.jsonl"), refused::add);
        try (var model = new CheckpointFolder(checkpoint).model()) {
            var scores =
                    new LocalScorer(model, Compute.cpu(1))
                            .score(items, refused::add, (done, of) -> {});
            assertThat(refused).isEmpty();
            return scores;
        }
    }

    private static void assertScores(ScoredItem item, double... expected) {
        for (int c = 0; c < expected.length; c++) {
            assertThat(item.logLikelihoods().get(c)).isCloseTo(expected[c], within(2e-4));
        }
    }

    private Path copy(String... files) throws IOException {
        var checkpoint = Files.createDirectory(folder.resolve("checkpoint"));
        for (var file : files) {
            var from = resource(file);
            Files.copy(from, checkpoint.resolve(from.getFileName().toString()));
        }
        return checkpoint;
    }

    /** Gives tensors of one type another of the same size, in the header. */
    private static void retype(Path file, String from, String to) throws IOException {
        var bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        int length = Math.toIntExact(bytes.getLong(0));
        var header = new String(bytes.array(), Long.BYTES, length, StandardCharsets.UTF_8);
        var changed =
                header.replace("\"%s\"".formatted(from), "\"%s\"".formatted(to))
                        .getBytes(StandardCharsets.UTF_8);
        int rest = bytes.capacity() - Long.BYTES - length;
        var out =
                ByteBuffer.allocate(Long.BYTES + changed.length + rest)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(changed.length)
                        .put(changed)
                        .put(bytes.array(), Long.BYTES + length, rest);
        Files.write(file, out.array());
    }

    private static Path resource(String name) {
        return cases.resolve(name);
    }

    /** An engine's module has these files in a jar. */
    @BeforeAll
    static void unpack() throws IOException, URISyntaxException {
        var place = UserFilesTest.class.getResource("cases").toURI();
        if (place.getScheme().equals("jar")) {
            try (var jar = FileSystems.newFileSystem(place, Map.of())) {
                copyTree(jar.provider().getPath(place));
            }
        } else {
            copyTree(Path.of(place));
        }
    }

    private static void copyTree(Path tree) throws IOException {
        try (var files = Files.walk(tree)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var copy = cases.resolve(tree.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
    }
}
