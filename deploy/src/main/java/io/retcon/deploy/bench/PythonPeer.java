package io.retcon.deploy.bench;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.retcon.schemas.RefusedInput;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A Python of this machine that has what a peer needs, and runs scripts of ours over it, each in a
 * process of its own.
 *
 * @param name what it is called in a measurement
 */
record PythonPeer(String python, String name, Map<String, String> environment) {
    private static final List<String> PYTHONS = List.of("/usr/bin/python3", "python3");

    PythonPeer {
        requireNonNull(python, "python is null");
        requireNonNull(name, "name is null");
        environment = Map.copyOf(environment);
    }

    /**
     * The first Python on this machine that can import {@code modules}; the name gets the version
     * of the first of them in place of {@code %s}.
     *
     * @param modules with commas between them
     */
    static Optional<PythonPeer> find(String modules, String name, Map<String, String> environment) {
        var asked = "import %s; print(%s.__version__)".formatted(modules, modules.split(",")[0]);
        for (var python : PYTHONS) {
            var peer = new PythonPeer(python, name, environment);
            try {
                var said = peer.said(List.of("-c", asked));
                if (said.isPresent()) {
                    var version = said.get().strip();
                    return Optional.of(
                            new PythonPeer(python, name.formatted(version), environment));
                }
            } catch (IOException notInstalled) {
                continue;
            }
        }
        return Optional.empty();
    }

    /** The same on so many threads, whichever library its arrays come from. */
    PythonPeer on(int count) {
        var more = new HashMap<>(environment);
        for (var variable :
                List.of("NUMBA_NUM_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS")) {
            more.put(variable, Integer.toString(count));
        }
        return new PythonPeer(python, name, more);
    }

    /**
     * Runs a script that lies beside this class and ends by printing one JSON object.
     *
     * @throws RefusedInput where it fails
     */
    JsonNode run(String script, List<String> arguments) {
        try {
            var file = Files.createTempFile("retcon-bench", ".py");
            try (var in = PythonPeer.class.getResourceAsStream(script)) {
                Files.write(file, in.readAllBytes());
            }
            var command = new ArrayList<>(List.of(file.toString()));
            command.addAll(arguments);
            var said = said(command);
            Files.delete(file);
            return new ObjectMapper()
                    .readTree(
                            said.orElseThrow(
                                    () ->
                                            new RefusedInput(
                                                    "%s failed: leave it out with --no-peer"
                                                            .formatted(name))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a process says on standard output; empty where it fails. */
    private Optional<String> said(List<String> arguments) throws IOException {
        var command = new ArrayList<>(List.of(python));
        command.addAll(arguments);
        var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(environment);
        var process = builder.start();
        try (var out = process.getInputStream()) {
            var said = new String(out.readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 ? Optional.of(said) : Optional.empty();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while %s ran".formatted(name), e);
        }
    }
}
