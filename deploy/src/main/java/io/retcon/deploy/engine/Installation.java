package io.retcon.deploy.engine;

import io.retcon.schemas.RefusedInput;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** Fetches an engine's artifacts with Maven, whose settings say where they come from. */
final class Installation {
    private Installation() {}

    /**
     * Returns when everything is there; until then there is what there was.
     *
     * @throws RefusedInput if it cannot be fetched, with Maven's reason
     */
    static InstalledEngine of(InstalledEngine.Variant variant) {
        var engines = Distribution.engines();
        var log = engines.resolve(variant + ".log");
        try {
            Files.createDirectories(engines);
            var fresh = engines.resolve("." + variant + ".fetching");
            clear(fresh);
            fetch(variant, Files.createDirectory(fresh), log);
            var old = engines.resolve("." + variant + ".old");
            clear(old);
            if (Files.isDirectory(variant.folder())) {
                Files.move(variant.folder(), old, StandardCopyOption.ATOMIC_MOVE);
            }
            Files.move(fresh, variant.folder(), StandardCopyOption.ATOMIC_MOVE);
            clear(old);
            return variant.installed().orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void fetch(InstalledEngine.Variant variant, Path to, Path log)
            throws IOException {
        var pom = Distribution.root().resolve("deploy/src/main/engines/" + variant + ".xml");
        var command =
                List.of(
                        "mvn",
                        "-B",
                        "-f",
                        pom.toString(),
                        "dependency:copy-dependencies",
                        "-DoutputDirectory=" + to);
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.redirectOutput(log.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        int status;
        try {
            status = builder.start().waitFor();
        } catch (IOException e) {
            clear(to);
            throw new RefusedInput(
                    "engines are fetched with Maven, and no mvn is on the PATH: install Maven 3.8"
                            + " or newer",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while %s was fetched".formatted(variant));
        }
        if (status != 0) {
            clear(to);
            throw new RefusedInput(
                    "%s could not be fetched: %s (all of it is in %s)"
                            .formatted(variant, reason(log), log));
        }
    }

    private static String reason(Path log) throws IOException {
        return Files.readAllLines(log).stream()
                .filter(line -> line.startsWith("[ERROR]"))
                .map(line -> line.substring("[ERROR]".length()).strip())
                .findFirst()
                .orElse("Maven failed");
    }

    private static void clear(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        var files = new ArrayList<Path>();
        try (var all = Files.list(folder)) {
            all.forEach(files::add);
        }
        for (var file : files) {
            Files.delete(file);
        }
        Files.delete(folder);
    }
}
