package io.retcon.retrainer;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.retcon.retrainer.training.CheckpointFolder;
import io.retcon.retrainer.training.Recipe;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A tiny checkpoint with what PyTorch computes from it. */
public record GoldenModel(Path folder, JsonNode expected) {
    private static final Path MODELS = Path.of("shared", "golden", "models");

    public static GoldenModel read(String name) {
        var folder = models().resolve(name);
        assumeTrue(Files.isDirectory(folder), () -> folder + " is absent: golden case skipped");
        try {
            var expected = new ObjectMapper().readTree(folder.resolve("golden.json").toFile());
            return new GoldenModel(folder, expected);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Beside the repository, two or three folders above the module's own. */
    private static Path models() {
        var near = Path.of("..", "..").resolve(MODELS);
        return Files.isDirectory(near) ? near : Path.of("..").resolve(near);
    }

    public CheckpointFolder checkpoint() {
        return new CheckpointFolder(folder);
    }

    public Recipe recipe() {
        return Recipe.read(folder.resolve("recipe.json"));
    }

    /** Token ids of training step {@code step}. */
    public int[][] batch(int step) {
        return matrix(expected.path("train").path("batches").path(step));
    }

    public static int[][] matrix(JsonNode rows) {
        var matrix = new int[rows.size()][];
        for (int i = 0; i < matrix.length; i++) {
            matrix[i] = ints(rows.path(i));
        }
        return matrix;
    }

    public static int[] ints(JsonNode values) {
        var ints = new int[values.size()];
        for (int i = 0; i < ints.length; i++) {
            ints[i] = values.path(i).asInt();
        }
        return ints;
    }
}
