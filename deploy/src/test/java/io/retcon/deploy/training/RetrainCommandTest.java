package io.retcon.deploy.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.retcon.deploy.LocalRun;
import io.retcon.retrainer.training.CheckpointFolder;
import io.retcon.retrainer.training.Recipe;
import io.retcon.retrainer.training.Trainer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

class RetrainCommandTest {
    private static final Path MODELS = Path.of("..", "..", "shared", "golden", "models");
    private static final String CONFIG =
            """
            {"model_type": "olmo2", "hidden_size": 12, "num_hidden_layers": 1,
             "num_attention_heads": 2, "intermediate_size": 10, "vocab_size": 11,
             "max_position_embeddings": 16}
            """;
    private static final String RECIPE =
            """
            {"learning_rate": 0.01, "warmup_steps": 2, "t_max": 20, "max_grad_norm": 1.0}
            """;

    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"olmo2", "llama_gqa_tied", "gpt_neox"})
    void trainsLikePyTorch(String name) throws IOException {
        // Given
        var model = MODELS.resolve(name);
        assumeTrue(Files.isDirectory(model), () -> model + " is absent: golden case skipped");
        var train =
                new ObjectMapper().readTree(model.resolve("golden.json").toFile()).path("train");
        var out = folder.resolve("out");
        // When
        var run =
                retrain(
                        model,
                        model.resolve("batches.npy"),
                        model.resolve("recipe.json"),
                        "--checkpoint-out",
                        out.toString());
        // Then
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.err()).contains("has no optimizer state");
        assertThat(run.lines()).hasSize(6);
        for (int step = 0; step < 6; step++) {
            var line = run.lines().get(step);
            assertThat(line.path("step").asInt()).isEqualTo(step);
            assertThat(line.path("loss").asDouble())
                    .isCloseTo(train.path("losses").path(step).asDouble(), withPercentage(0.01));
            assertThat(line.path("gradientNorm").asDouble())
                    .isCloseTo(
                            train.path("grad_norms").path(step).asDouble(), withPercentage(0.01));
            assertThat(line.path("learningRate").asDouble()).isPositive();
            assertThat(line.path("tokensPerSecond").asDouble()).isPositive();
        }
        assertThat(new CheckpointFolder(out).step()).isEqualTo(6);
        train.path("weight_l2")
                .properties()
                .forEach(
                        entry ->
                                assertThat(norm(out.resolve("model.safetensors"), entry.getKey()))
                                        .as(entry.getKey())
                                        .isCloseTo(
                                                entry.getValue().asDouble(), withPercentage(0.01)));
    }

    @Test
    void goesOnWhereACheckpointEnded() throws IOException {
        // Given
        var start = fresh();
        var recipe = Files.writeString(folder.resolve("recipe.json"), RECIPE);
        int[][][] steps = steps(4);
        var whole = folder.resolve("whole");
        var half = folder.resolve("half");
        var rest = folder.resolve("rest");
        // When
        var first = npy("all.npy", steps);
        var inOne = retrain(start, first, recipe, "--checkpoint-out", whole.toString());
        retrain(
                start,
                npy("first.npy", Arrays.copyOf(steps, 2)),
                recipe,
                "--checkpoint-out",
                half.toString());
        var resumed =
                retrain(
                        half,
                        npy("last.npy", Arrays.copyOfRange(steps, 2, 4)),
                        recipe,
                        "--optimizer",
                        "saved",
                        "--checkpoint-out",
                        rest.toString());
        // Then
        assertThat(new CheckpointFolder(rest).sha256())
                .isEqualTo(new CheckpointFolder(whole).sha256());
        assertThat(resumed.err()).doesNotContain("caveat");
        assertThat(resumed.lines()).hasSize(2);
        for (int i = 0; i < 2; i++) {
            for (var key : List.of("step", "loss", "gradientNorm", "learningRate")) {
                assertThat(resumed.lines().get(i).path(key))
                        .isEqualTo(inOne.lines().get(i + 2).path(key));
            }
        }
    }

    @Test
    void aColdOptimizerForgets() throws IOException {
        // Given
        var recipe = Files.writeString(folder.resolve("recipe.json"), RECIPE);
        var half = folder.resolve("half");
        var history = npy("history.npy", steps(3));
        retrain(fresh(), history, recipe, "--checkpoint-out", half.toString());
        var warm = folder.resolve("warm");
        var cold = folder.resolve("cold");
        // When
        retrain(half, history, recipe, "--checkpoint-out", warm.toString());
        retrain(half, history, recipe, "--optimizer", "cold", "--checkpoint-out", cold.toString());
        // Then
        assertThat(new CheckpointFolder(cold).sha256())
                .isNotEqualTo(new CheckpointFolder(warm).sha256());
        assertThat(new CheckpointFolder(cold).step()).isEqualTo(6);
    }

    @Test
    void absentStateIsRefusedWhereItWasAskedFor() throws IOException {
        // Given
        var start = fresh();
        Files.delete(start.resolve("optimizer.safetensors"));
        var recipe = Files.writeString(folder.resolve("recipe.json"), RECIPE);
        // When
        var run = retrain(start, npy("history.npy", steps(1)), recipe, "--optimizer", "saved");
        // Then
        assertThat(run.status()).isEqualTo(3);
        assertThat(run.err()).contains("no optimizer.safetensors to continue with");
    }

    @Test
    void divergingTrainingStopsAndKeepsTheLastGoodState() throws IOException {
        // Given
        var start = fresh();
        var recipe =
                Files.writeString(
                        folder.resolve("recipe.json"),
                        "{\"learning_rate\": 1e30, \"schedule\": \"constant\"}");
        var out = folder.resolve("out");
        // When
        var run =
                retrain(
                        start,
                        npy("history.npy", steps(3)),
                        recipe,
                        "--checkpoint-out",
                        out.toString());
        // Then
        assertThat(run.status()).isEqualTo(3);
        assertThat(run.lines()).hasSize(1);
        assertThat(run.err())
                .contains("step 1: training diverged")
                .contains(out + " holds the state after step 0");
        assertThat(new CheckpointFolder(out).step()).isEqualTo(1);
    }

    @Test
    void aHistoryOfOtherDimensionsIsRefused() throws IOException {
        // Given
        var start = fresh();
        var recipe = Files.writeString(folder.resolve("recipe.json"), RECIPE);
        var flat = folder.resolve("flat.npy");
        writeNpy(flat, "(4, 8)", new int[32]);
        var empty = folder.resolve("empty.npy");
        writeNpy(empty, "(0, 3, 8)", new int[0]);
        var foreign = steps(1);
        foreign[0][1][3] = 11;
        // When
        var flatRun = retrain(start, flat, recipe);
        var emptyRun = retrain(start, empty, recipe);
        var foreignRun = retrain(start, npy("foreign.npy", foreign), recipe);
        // Then
        assertThat(flatRun.status()).isEqualTo(3);
        assertThat(flatRun.err()).contains("has shape [4, 8]: [steps][sequences][tokens]");
        assertThat(emptyRun.status()).isEqualTo(3);
        assertThat(emptyRun.err()).contains("has shape [0, 3, 8]", "one step or more");
        assertThat(foreignRun.status()).isEqualTo(3);
        assertThat(foreignRun.err())
                .contains("step 0, sequence 1, token 3: id 11 is not in the vocabulary of 11");
    }

    private static LocalRun retrain(Path checkpoint, Path history, Path recipe, String... more) {
        var arguments =
                new ArrayList<>(
                        List.of(
                                "--checkpoint", checkpoint.toString(),
                                "--history", history.toString(),
                                "--recipe", recipe.toString(),
                                "--output", "json"));
        arguments.addAll(List.of(more));
        return LocalRun.of(new RetrainCommand(), arguments.toArray(String[]::new));
    }

    private Path fresh() {
        var recipe = Recipe.parse(RECIPE, "test");
        try (var trainer = Trainer.fresh(CONFIG, recipe, 1, 1)) {
            return trainer.save(folder.resolve("start")).path();
        }
    }

    private static int[][][] steps(int count) {
        var random = new SplittableRandom(5);
        var steps = new int[count][3][];
        for (var step : steps) {
            Arrays.setAll(step, s -> random.ints(8, 0, 11).toArray());
        }
        return steps;
    }

    private Path npy(String name, int[][][] steps) throws IOException {
        var flat =
                Arrays.stream(steps).flatMap(Arrays::stream).flatMapToInt(Arrays::stream).toArray();
        var file = folder.resolve(name);
        writeNpy(file, "(%d, 3, 8)".formatted(steps.length), flat);
        return file;
    }

    private static void writeNpy(Path file, String shape, int[] tokens) throws IOException {
        var header =
                "{'descr': '<u2', 'fortran_order': False, 'shape': %s, }\n"
                        .formatted(shape)
                        .getBytes(StandardCharsets.US_ASCII);
        var bytes =
                ByteBuffer.allocate(10 + header.length + 2 * tokens.length)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0})
                        .putShort((short) header.length)
                        .put(header);
        for (int token : tokens) {
            bytes.putShort((short) token);
        }
        Files.write(file, bytes.array());
    }

    /** Reads the file by the format's own description, not by our reader. */
    private static double norm(Path file, String tensor) {
        try {
            var bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
            int length = Math.toIntExact(bytes.getLong());
            var header = new byte[length];
            bytes.get(header);
            var entry = new ObjectMapper().readTree(header).path(tensor);
            assertThat(entry.path("dtype").asText()).isEqualTo("F32");
            int from = 8 + length + entry.path("data_offsets").path(0).asInt();
            int to = 8 + length + entry.path("data_offsets").path(1).asInt();
            double sum = 0;
            for (int at = from; at < to; at += Float.BYTES) {
                double weight = bytes.getFloat(at);
                sum += weight * weight;
            }
            return Math.sqrt(sum);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
