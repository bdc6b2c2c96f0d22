package io.retcon.deploy.bench;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.retcon.retrainer.evaluation.Question;
import io.retcon.schemas.RefusedInput;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
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
    record Said(double rate, long memoryBytes) {}

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

    /** Tokens a second of training. */
    Said train(TrainingShape shape, int threads, int warmup, int steps, Clock clock) {
        return run(
                shape,
                "",
                List.of(
                        "--batch=" + shape.batch(),
                        "--threads=" + threads,
                        "--warmup=" + warmup,
                        "--steps=" + steps,
                        "--clock=" + clock));
    }

    /** Questions a second of scoring. */
    Said score(TrainingShape shape, List<Question> questions, int threads, Clock clock) {
        var mapper = new ObjectMapper();
        var lines = new StringBuilder();
        for (var question : questions) {
            var line = mapper.createObjectNode();
            line.set("context", mapper.valueToTree(question.context()));
            line.set("choices", mapper.valueToTree(question.choices()));
            lines.append(line).append('\n');
        }
        return run(
                shape,
                lines.toString(),
                List.of("--threads=" + threads, "--clock=" + clock, "--score"));
    }

    private Said run(TrainingShape shape, String items, List<String> options) {
        try {
            var folder = Files.createTempDirectory("retcon-bench");
            var config = Files.writeString(folder.resolve("config.json"), shape.configJson());
            var file = Files.writeString(folder.resolve("items.jsonl"), items);
            var script = folder.resolve("olmo2_torch.py");
            try (var in = TorchPeer.class.getResourceAsStream("olmo2_torch.py")) {
                Files.copy(in, script);
            }
            var command =
                    new ArrayList<>(
                            List.of(
                                    python,
                                    script.toString(),
                                    "--config=" + config,
                                    "--items=" + file,
                                    "--length=" + shape.length()));
            command.addAll(options);
            var said = run(command);
            for (var done : List.of(script, file, config, folder)) {
                Files.delete(done);
            }
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the peer ran", e);
        }
    }

    private Said run(List<String> command) throws IOException, InterruptedException {
        var process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        var line = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new RefusedInput(
                    "%s failed on the model: leave it out with --no-peer".formatted(name()));
        }
        var said = new ObjectMapper().readTree(line);
        return new Said(said.path("rate").doubleValue(), said.path("memoryBytes").longValue());
    }
}
