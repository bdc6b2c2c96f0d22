package io.retcon.deploy.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/** A folder that is gone after the benchmark. */
record BenchFolder(Path path) implements AutoCloseable {
    static BenchFolder create() throws IOException {
        return new BenchFolder(Files.createTempDirectory("retcon-bench"));
    }

    @Override
    public void close() throws IOException {
        try (var files = Files.walk(path)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
