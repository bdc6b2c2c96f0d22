package io.retcon.deploy.engine;

import io.retcon.schemas.RefusedInput;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the {@code retcon} launcher keeps what it runs from. */
final class Distribution {
    /** Set by the launcher: the repository's root, and the build that it runs. */
    private static final String ROOT = "retcon.root";

    private static final String BUILD = "retcon.build";

    private Distribution() {}

    /** Whether the launcher started this process. */
    static boolean isHere() {
        return System.getProperty(ROOT) != null && System.getProperty(BUILD) != null;
    }

    static Path root() {
        return folder(ROOT);
    }

    /** Where engines are installed. */
    static Path engines() {
        return root().resolve("deploy/target/engines");
    }

    /** Our part of the engine, of the same build as this process's classes. */
    static Path ownJar() {
        try (var jars = Files.list(folder(BUILD).resolve("engines"))) {
            return jars.filter(jar -> jar.getFileName().toString().startsWith("retrainer-libtorch"))
                    .findFirst()
                    .orElseThrow(
                            () -> new RefusedInput("this build has no engine libtorch: build it"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path folder(String property) {
        var folder = System.getProperty(property);
        if (folder == null) {
            throw new RefusedInput("other engines than nd4j need the launcher: run ./retcon");
        }
        return Path.of(folder);
    }
}
