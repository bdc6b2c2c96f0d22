package io.retcon.deploy.bench;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.retcon.retrainer.engine.Compute;
import io.retcon.retrainer.evaluation.Question;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** PyTorch on the same model, in a process of its own. */
final class TorchPeer {
    private final PythonPeer python;

    private TorchPeer(PythonPeer python) {
        this.python = python;
    }

    /** What the peer's process says. */
    record Said(double rate, long memoryBytes) {}

    /** The first Python on this machine that has PyTorch. */
    static Optional<TorchPeer> find() {
        return PythonPeer.find("torch", "PyTorch %s", Map.of()).map(TorchPeer::new);
    }

    String name() {
        return python.name();
    }

    /** Tokens a second of training. */
    Said train(TrainingShape shape, Compute compute, int warmup, int steps, Clock clock) {
        return run(
                shape,
                "",
                compute.threads(),
                List.of(
                        "--device=" + compute.device(),
                        "--precision=" + compute.precision(),
                        "--batch=" + shape.batch(),
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
        return run(shape, lines.toString(), threads, List.of("--clock=" + clock, "--score"));
    }

    /** PyTorch does not tell OpenBLAS how many threads it has: without being told, it takes all. */
    private Said run(TrainingShape shape, String items, int threads, List<String> options) {
        try {
            var folder = Files.createTempDirectory("retcon-bench");
            var config = Files.writeString(folder.resolve("config.json"), shape.configJson());
            var file = Files.writeString(folder.resolve("items.jsonl"), items);
            var arguments =
                    new ArrayList<>(
                            List.of(
                                    "--config=" + config,
                                    "--items=" + file,
                                    "--threads=" + threads,
                                    "--length=" + shape.length()));
            arguments.addAll(options);
            var said = python.on(threads).run("olmo2_torch.py", arguments);
            for (var done : List.of(file, config, folder)) {
                Files.delete(done);
            }
            return new Said(said.path("rate").doubleValue(), said.path("memoryBytes").longValue());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
