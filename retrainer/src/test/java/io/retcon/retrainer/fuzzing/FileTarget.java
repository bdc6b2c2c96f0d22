package io.retcon.retrainer.fuzzing;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;

import io.retcon.retrainer.evaluation.Unconditional;
import io.retcon.retrainer.kernels.FloatArena;
import io.retcon.retrainer.model.ModelConfig;
import io.retcon.retrainer.safetensors.SafetensorsFile;
import io.retcon.retrainer.safetensors.ShardedTensors;
import io.retcon.retrainer.safetensors.Tensors;
import io.retcon.retrainer.scoring.ItemReader;
import io.retcon.retrainer.training.CheckpointFolder;
import io.retcon.retrainer.training.Recipe;
import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.document.DocumentFile;
import io.retcon.schemas.history.TokenFile;
import io.retcon.schemas.history.TokenType;
import io.retcon.schemas.item.ItemFile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A kind of file that comes from outside. Whatever it holds, reading it either works or is refused,
 * and takes no more memory than its size explains.
 */
enum FileTarget {
    SAFETENSORS("model.safetensors") {
        @Override
        void read(Path file) {
            try (var tensors = SafetensorsFile.open(file)) {
                readAll(tensors, file);
            }
        }
    },
    INDEX("model.safetensors.index.json") {
        @Override
        void read(Path file) {
            try (var tensors = ShardedTensors.open(file)) {
                readAll(tensors, file);
            }
        }
    },
    CONFIG("config.json") {
        @Override
        void read(Path file) {
            ModelConfig.parse(text(file), file.toString()).layout();
            assertThat(new CheckpointFolder(file.getParent()).eos()).isNotNull();
        }
    },
    RECIPE("recipe.json") {
        @Override
        void read(Path file) {
            Recipe.read(file).learningRate(7);
        }
    },
    OLMO("recipe.yaml") {
        @Override
        void read(Path file) {
            Recipe.read(file).learningRate(7);
        }
    },
    NPY("history.npy") {
        @Override
        void read(Path file) {
            try (var tokens = TokenFile.openNpy(file)) {
                for (long i = 0; i < tokens.size(); i++) {
                    tokens.token(i);
                }
            }
        }
    },
    ITEMS("items.jsonl") {
        @Override
        void read(Path file) {
            new ItemReader(Optional.empty(), Unconditional.SKIPPED).read(file, refused -> {});
            new ItemFile(file).read(item -> {}, refused -> {});
        }
    },
    CORPUS("corpus") {
        @Override
        void read(Path file) {
            new DocumentFile(file).read(document -> {}, refused -> {});
        }
    },
    TOKENS("tokens") {
        @Override
        void read(Path file) {
            for (var type : TokenType.values()) {
                try (var tokens = TokenFile.open(file, Optional.of(type), 50_257)) {
                    tokens.tokens(0, Math.toIntExact(tokens.size()));
                } catch (RefusedInput other) {
                    assertThat(other.getMessage()).contains(file.toString());
                }
            }
        }
    };

    /** What a reader may take however small the file is, and for each of its bytes. */
    private static final long BYTES_A_READ = 4 << 20;

    private static final long BYTES_A_BYTE = 512;

    private static final Path FOLDER = temporaryFolder();
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final String fileName;

    FileTarget(String fileName) {
        this.fileName = fileName;
    }

    /** Reads a whole file of this kind. */
    abstract void read(Path file);

    /**
     * @throws AssertionError if reading took too much memory
     * @throws RuntimeException if it ended in anything but a refusal
     */
    void check(byte[] bytes) {
        var file = FOLDER.resolve(fileName);
        try {
            Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        long most = BYTES_A_READ + BYTES_A_BYTE * bytes.length;
        // What is loaded once, at the first use of anything, is no part of a file's cost.
        if (bytesToRead(file) > most) {
            assertThat(bytesToRead(file))
                    .as("bytes taken to read %d", bytes.length)
                    .isLessThanOrEqualTo(most);
        }
    }

    private long bytesToRead(Path file) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        try {
            read(file);
        } catch (RefusedInput refused) {
            assertThat(refused.getMessage()).isNotBlank();
        }
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }

    private static void readAll(Tensors tensors, Path file) {
        try (var arena = new FloatArena()) {
            // A model would be asked for shapes; one that no tensor has must be refused.
            var room = arena.allocate(Math.max(1, size(file)));
            for (var name : tensors.names()) {
                for (int length = 0; length <= 4; length++) {
                    try {
                        tensors.read(name, List.of(length), room, 0);
                    } catch (RefusedInput otherShape) {
                        continue;
                    }
                }
            }
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path temporaryFolder() {
        try {
            var folder = Files.createTempDirectory("retcon-fuzzing");
            folder.toFile().deleteOnExit();
            try (var shard = FileTarget.class.getResourceAsStream("shard.safetensors")) {
                Files.write(folder.resolve("shard.safetensors"), shard.readAllBytes());
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
