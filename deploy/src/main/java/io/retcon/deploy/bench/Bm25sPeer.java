package io.retcon.deploy.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.retcon.schemas.RefusedInput;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** bm25s (Lù, 2024, arXiv 2407.03618), in a Python of its own on one thread. */
final class Bm25sPeer {
    private static final List<String> PYTHONS = List.of("/usr/bin/python3", "python3");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String python;
    private final Optional<Path> sources;
    private final String name;

    private Bm25sPeer(String python, Optional<Path> sources, String name) {
        this.python = python;
        this.sources = sources;
        this.name = name;
    }

    /**
     * What the peer's process says; seconds are of its processor time.
     *
     * @param indexSeconds tokenizing and indexing
     * @param querySeconds tokenizing the queries and finding the best documents of each
     */
    record Said(double indexSeconds, double querySeconds, long memoryBytes) {}

    /**
     * The first Python that can import it, sooner one that has numba too.
     *
     * @param sources a folder to import it from
     */
    static Optional<Bm25sPeer> find(Optional<Path> sources) {
        for (var modules : List.of("bm25s, numba", "bm25s")) {
            for (var python : PYTHONS) {
                var version = version(python, sources, modules);
                if (version.isPresent()) {
                    var backend = modules.contains("numba") ? "numba" : "numpy";
                    return Optional.of(
                            new Bm25sPeer(
                                    python,
                                    sources,
                                    "bm25s %s, %s".formatted(version.get(), backend)));
                }
            }
        }
        return Optional.empty();
    }

    String name() {
        return name;
    }

    /** Writes documents or queries as a JSON string a line. */
    static void write(BenchDocuments documents, Path file) {
        try (var out = Files.newBufferedWriter(file)) {
            documents.forEachBatch(
                    batch -> {
                        try {
                            for (var text : batch) {
                                var line = new String(text, StandardCharsets.UTF_8);
                                out.write(JSON.writeValueAsString(line) + "\n");
                            }
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes queries as a JSON string a line. */
    static void write(List<String> queries, Path file) {
        try (var out = Files.newBufferedWriter(file)) {
            for (var query : queries) {
                out.write(JSON.writeValueAsString(query) + "\n");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Indexes, then finds the {@code k} best documents of each query.
     *
     * @param found gets, query after query, {@code k} documents as little-endian 32-bit numbers,
     *     and beside it, with {@code .scores} added to its name, as many scores as floats
     */
    Said run(Path documents, Path queries, int k, Path found) {
        try {
            var script = Files.createTempFile("retcon-bench", ".py");
            try (var in = Bm25sPeer.class.getResourceAsStream("bm25s_peer.py")) {
                Files.write(script, in.readAllBytes());
            }
            var process =
                    process(
                                    python,
                                    sources,
                                    script.toString(),
                                    documents.toString(),
                                    queries.toString(),
                                    String.valueOf(k),
                                    found.toString())
                            .start();
            var line = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            boolean worked = process.waitFor() == 0;
            Files.delete(script);
            if (!worked) {
                throw new RefusedInput(
                        "%s failed on the documents: leave it out with --no-peer".formatted(name));
            }
            return said(JSON.readTree(line));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the peer ran", e);
        }
    }

    private static Said said(JsonNode said) {
        return new Said(
                said.path("indexSeconds").doubleValue(),
                said.path("querySeconds").doubleValue(),
                said.path("memoryBytes").longValue());
    }

    private static Optional<String> version(String python, Optional<Path> sources, String modules) {
        try {
            var process =
                    process(
                                    python,
                                    sources,
                                    "-c",
                                    "import %s; print(bm25s.__version__)".formatted(modules))
                            .start();
            var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 ? Optional.of(said.strip()) : Optional.empty();
        } catch (IOException notInstalled) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static ProcessBuilder process(
            String python, Optional<Path> sources, String... arguments) {
        var command = new java.util.ArrayList<>(List.of(python));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        var environment = process.environment();
        for (var threads :
                List.of("NUMBA_NUM_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS")) {
            environment.put(threads, "1");
        }
        sources.ifPresent(folder -> environment.put("PYTHONPATH", folder.toString()));
        return process;
    }
}
