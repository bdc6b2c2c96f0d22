package io.retcon.deploy.engine;

import io.retcon.deploy.Retcon;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Processes that have another engine on their class path than this one. */
final class EngineProcess {
    /** What a JVM of this process's limits or classes must not pass on. */
    private static final List<String> OWN =
            List.of("-agentlib", "-XX:AOT", "-Xlog:aot", "-Xm", "-XX:MaxRAM", "-XX:MaxDirect");

    private EngineProcess() {}

    /** Runs the command with this process's input and output; returns its exit status. */
    static int run(InstalledEngine engine, List<String> arguments) {
        try {
            var process = builder(engine, Retcon.class, arguments).inheritIO().start();
            var end = new Thread(process::destroy);
            Runtime.getRuntime().addShutdownHook(end);
            return process.waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while engine libtorch ran", e);
        }
    }

    /** A JVM with the engine that runs {@code main}. Tensors lie outside of its heap. */
    static ProcessBuilder builder(InstalledEngine engine, Class<?> main, List<String> arguments) {
        var command = new ArrayList<String>();
        command.add(ProcessHandle.current().info().command().orElseThrow());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> OWN.stream().noneMatch(flag::startsWith))
                .filter(flag -> !flag.startsWith("-Dorg.bytedeco.javacpp."))
                .forEach(command::add);
        command.addAll(List.of("--add-modules=jdk.incubator.vector", "-Xmx1g"));
        command.addAll(engine.options());
        command.addAll(List.of("-cp", engine.classPath(), main.getName()));
        command.addAll(arguments);
        var builder = new ProcessBuilder(command);
        if (engine.variant() == InstalledEngine.Variant.LIBTORCH_GPU) {
            builder.environment().merge("LD_LIBRARY_PATH", cudaFolders(), EngineProcess::joined);
        }
        return builder;
    }

    private static String cudaFolders() {
        return CudaLibraries.find().folders().stream()
                .map(Object::toString)
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static String joined(String said, String found) {
        return Stream.of(said, found)
                .filter(path -> !path.isEmpty())
                .collect(Collectors.joining(File.pathSeparator));
    }
}
