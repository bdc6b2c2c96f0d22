package io.retcon.deploy.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** bm25s (Lù, 2024, arXiv 2407.03618), in a Python of its own on one thread. */
final class Bm25sPeer {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final PythonPeer python;

    private Bm25sPeer(PythonPeer python) {
        this.python = python;
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
        Map<String, String> environment =
                sources.map(folder -> Map.of("PYTHONPATH", folder.toString())).orElse(Map.of());
        return PythonPeer.find("bm25s, numba", "bm25s %s, numba", environment)
                .or(() -> PythonPeer.find("bm25s", "bm25s %s, numpy", environment))
                .map(python -> new Bm25sPeer(python.on(1)));
    }

    String name() {
        return python.name();
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
        return said(
                python.run(
                        "bm25s_peer.py",
                        List.of(
                                documents.toString(),
                                queries.toString(),
                                String.valueOf(k),
                                found.toString())));
    }

    private static Said said(JsonNode said) {
        return new Said(
                said.path("indexSeconds").doubleValue(),
                said.path("querySeconds").doubleValue(),
                said.path("memoryBytes").longValue());
    }
}
