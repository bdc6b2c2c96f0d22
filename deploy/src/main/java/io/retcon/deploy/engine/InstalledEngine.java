package io.retcon.deploy.engine;

import static java.util.Objects.requireNonNull;

import io.retcon.retrainer.engine.Compute;
import io.retcon.schemas.RefusedInput;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An engine that was fetched, and how a JVM must be started to have it.
 *
 * @param variant what it was installed as: libtorch or libtorch-gpu
 * @param jars what 'engine install' fetched
 */
record InstalledEngine(Variant variant, Path jars) {
    /** ND4J and the JavaCPP it needs, which do not mix with LibTorch's. */
    private static final List<String> FOREIGN = List.of("nd4j-", "openblas-", "javacpp-");

    InstalledEngine {
        requireNonNull(variant, "variant is null");
        requireNonNull(jars, "jars is null");
    }

    /** What can be installed. */
    enum Variant {
        LIBTORCH("libtorch", "the CPU"),
        LIBTORCH_GPU("libtorch-gpu", "the CPU and NVIDIA's GPUs, with CUDA 13");

        private final String name;
        private final String where;

        Variant(String name, String where) {
            this.name = name;
            this.where = where;
        }

        static Variant of(String name) {
            return Stream.of(values())
                    .filter(variant -> variant.name.equals(name))
                    .findFirst()
                    .orElseThrow(
                            () ->
                                    new RefusedInput(
                                            "there is no engine '%s' to install: there are libtorch and libtorch-gpu"
                                                    .formatted(name)));
        }

        /** What it computes on. */
        String where() {
            return where;
        }

        Path folder() {
            return Distribution.engines().resolve(name);
        }

        Optional<InstalledEngine> installed() {
            return Optional.of(folder())
                    .filter(Files::isDirectory)
                    .map(folder -> new InstalledEngine(this, folder));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** Whether there is one for the CPU. */
    static boolean isInstalled() {
        return Stream.of(Variant.values()).anyMatch(variant -> variant.installed().isPresent());
    }

    /**
     * The engine of that name for that device.
     *
     * @throws RefusedInput if there is none, with how to get it
     */
    static InstalledEngine find(String engine, String device) {
        if (!engine.equals("libtorch")) {
            throw new RefusedInput("engine '%s' is none of nd4j, libtorch".formatted(engine));
        }
        boolean cpu = device.equals(Compute.CPU);
        var fitting =
                cpu
                        ? Variant.LIBTORCH.installed().or(Variant.LIBTORCH_GPU::installed)
                        : Variant.LIBTORCH_GPU.installed();
        return fitting.orElseThrow(
                () ->
                        new RefusedInput(
                                "engine libtorch is not installed for %s: run ./retcon engine install %s"
                                        .formatted(
                                                device,
                                                cpu ? Variant.LIBTORCH : Variant.LIBTORCH_GPU)));
    }

    /** This process's own with the engine in place of ND4J. */
    String classPath() {
        var entries = new ArrayList<String>();
        entries.add(Distribution.ownJar().toString());
        for (var entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            var name = Path.of(entry).getFileName().toString();
            if (FOREIGN.stream().noneMatch(name::startsWith)) {
                entries.add(entry);
            }
        }
        fetched().forEach(jar -> entries.add(jar.toString()));
        return String.join(File.pathSeparator, entries);
    }

    /** What was fetched, by name. */
    List<Path> fetched() {
        try (var files = Files.list(jars)) {
            return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Which native libraries JavaCPP is to take. */
    List<String> options() {
        return variant == Variant.LIBTORCH_GPU
                ? List.of("-Dorg.bytedeco.javacpp.platform.extension=-gpu")
                : List.of();
    }
}
