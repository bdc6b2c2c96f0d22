package io.retcon.deploy.engine;

import io.retcon.deploy.cli.OutputOption;
import io.retcon.deploy.cli.ProgressLine;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/** Fetches an engine. */
@Command(
        name = "install",
        description = {
            "Fetches an engine with Maven, from where its settings say; about 110 MB for libtorch,"
                    + " 480 MB for libtorch-gpu.",
            "Installed already, it is fetched again only where its version changed."
        })
final class EngineInstallCommand implements Callable<Integer> {
    private record Installed(String engine, Path folder, int files, long bytes) {
        String text() {
            return "%s lies in %s: %d files, %d MB%n"
                    .formatted(engine, folder, files, bytes / 1_000_000);
        }
    }

    @Parameters(
            paramLabel = "libtorch|libtorch-gpu",
            description = "libtorch computes on the CPU, libtorch-gpu on NVIDIA's GPUs too.")
    private String name;

    @Mixin private OutputOption output;

    @Override
    public Integer call() {
        var variant = InstalledEngine.Variant.of(name);
        InstalledEngine engine;
        try (var line = ProgressLine.onStandardError()) {
            line.stage("fetching " + variant);
            engine = Installation.of(variant);
        }
        var files = engine.fetched();
        long bytes = files.stream().mapToLong(EngineInstallCommand::size).sum();
        output.result(
                new Installed(variant.toString(), engine.jars(), files.size(), bytes),
                Installed::text);
        return 0;
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
