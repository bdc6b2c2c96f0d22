package io.retcon.deploy.bench;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.retcon.schemas.RefusedInput;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** PyTorch on the same model, in a process of its own. */
final class TorchPeer {
    private static final List<String> PYTHONS = List.of("python3", "/usr/bin/python3");

    private final String python;
    private final String version;

    private TorchPeer(String python, String version) {
        this.python = python;
        this.version = version;
    }

    /** What the peer's process says. */
    record Said(double tokensPerSecond, long memoryBytes) {}

    /** The first Python on this machine that has PyTorch. */
    static Optional<TorchPeer> find() {
        for (var python : PYTHONS) {
            try {
                var process =
                        new ProcessBuilder(python, "-c", "import torch; print(torch.__version__)")
                                .redirectError(ProcessBuilder.Redirect.DISCARD)
                                .start();
                var version =
                        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                if (process.waitFor() == 0) {
                    return Optional.of(new TorchPeer(python, version.strip()));
                }
            } catch (IOException notInstalled) {
                continue;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    String name() {
        return "PyTorch " + version;
    }

    Said train(TrainingShape shape, int threads, int warmup, int steps) {
        try {
            var folder = Files.createTempDirectory("retcon-bench");
            var config = Files.writeString(folder.resolve("config.json"), shape.configJson());
            var script = folder.resolve("olmo2_torch.py");
            try (var in = TorchPeer.class.getResourceAsStream("olmo2_torch.py")) {
                Files.copy(in, script);
            }
            var said = run(script, config, shape, threads, warmup, steps);
            Files.delete(script);
            Files.delete(config);
            Files.delete(folder);
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the peer trained", e);
        }
    }

    private Said run(
            Path script, Path config, TrainingShape shape, int threads, int warmup, int steps)
            throws IOException, InterruptedException {
        var process =
                new ProcessBuilder(
                                python,
                                script.toString(),
                                "--config=" + config,
                                "--batch=" + shape.batch(),
                                "--length=" + shape.length(),
                                "--threads=" + threads,
                                "--warmup=" + warmup,
                                "--steps=" + steps)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        var line = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new RefusedInput(
                    "%s failed on the model: leave it out with --no-peer".formatted(name()));
        }
        var said = new ObjectMapper().readTree(line);
        return new Said(
                said.path("tokensPerSecond").doubleValue(), said.path("memoryBytes").longValue());
    }
}
