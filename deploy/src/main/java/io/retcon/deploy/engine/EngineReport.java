package io.retcon.deploy.engine;

import io.retcon.deploy.engine.InstalledEngine.Variant;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What engines find on a machine.
 *
 * @param noGpu why there is none; empty where there is one
 * @param advice what to do so that models can be computed on a GPU; empty where they can
 */
record EngineReport(
        List<Engine> engines,
        List<Gpus.Gpu> gpus,
        String noGpu,
        List<Library> libraries,
        List<String> advice) {
    /**
     * An engine.
     *
     * @param devices what it computes on here
     * @param problem why it computes on nothing; empty where it does, or is not installed
     */
    record Engine(String name, boolean installed, List<String> devices, String problem) {
        private String text() {
            var state =
                    installed
                            ? problem.isEmpty() ? String.join(", ", devices) : problem
                            : "not installed";
            return "  %-14s%s".formatted(name, state);
        }
    }

    /**
     * A library of CUDA 13.
     *
     * @param folder where it is; absent where it was found nowhere
     */
    record Library(String name, String file, Optional<String> folder) {
        private String text() {
            return "  %-14s%-22s%s".formatted(name, file, folder.orElse("missing"));
        }
    }

    static EngineReport ofThisMachine() {
        return of(Gpus.find(), CudaLibraries.find(), asked());
    }

    private static List<Engine> asked() {
        var engines = new ArrayList<Engine>();
        engines.add(new Engine("nd4j", true, List.of("cpu"), ""));
        for (var variant : Variant.values()) {
            engines.add(
                    variant.installed()
                            .map(EngineProbe::ask)
                            .map(
                                    said ->
                                            new Engine(
                                                    variant.toString(),
                                                    true,
                                                    said.devices(),
                                                    said.reason()))
                            .orElseGet(() -> new Engine(variant.toString(), false, List.of(), "")));
        }
        return engines;
    }

    static EngineReport of(Gpus gpus, CudaLibraries cuda, List<Engine> engines) {
        var libraries =
                cuda.libraries().stream()
                        .map(
                                found ->
                                        new Library(
                                                found.library().name(),
                                                found.library().file(),
                                                found.folder().map(Object::toString)))
                        .toList();
        return new EngineReport(
                engines, gpus.all(), gpus.reason(), libraries, advice(gpus, cuda, engines));
    }

    private static List<String> advice(Gpus gpus, CudaLibraries cuda, List<Engine> engines) {
        var gpuEngine =
                engines.stream().filter(e -> e.name().equals(Variant.LIBTORCH_GPU.toString()));
        boolean computes =
                gpuEngine.flatMap(e -> e.devices().stream()).anyMatch(d -> d.startsWith("cuda"));
        if (computes) {
            return List.of();
        }
        if (gpus.all().isEmpty()) {
            return List.of(
                    "There is no GPU to compute on here (%s). Everything works on the CPU, with engine nd4j or libtorch."
                            .formatted(gpus.reason()));
        }
        var advice = new ArrayList<String>();
        gpus.tooOld().ifPresent(advice::add);
        if (!cuda.missing().isEmpty()) {
            advice.add(missing(cuda));
        }
        if (!engines.stream()
                .filter(e -> e.name().equals(Variant.LIBTORCH_GPU.toString()))
                .allMatch(Engine::installed)) {
            advice.add("Fetch the engine: ./retcon engine install libtorch-gpu");
        }
        return advice;
    }

    private static String missing(CudaLibraries cuda) {
        var packages =
                cuda.missing().stream()
                        .map(CudaLibraries.Library::pip)
                        .distinct()
                        .collect(Collectors.joining(" "));
        return "Of CUDA 13 some libraries are missing: install it on the system, or in an active"
                + " Python environment: pip install "
                + packages;
    }

    String text() {
        var gpuLines =
                gpus.isEmpty()
                        ? Stream.of("  none: " + noGpu)
                        : gpus.stream()
                                .map(
                                        gpu ->
                                                "  %s, %,d MiB, driver %s, compute capability %s"
                                                        .formatted(
                                                                gpu.name(),
                                                                gpu.memory(),
                                                                gpu.driver(),
                                                                gpu.capability()));
        return Stream.of(
                        Stream.of("engines"),
                        engines.stream().map(Engine::text),
                        Stream.of("GPUs"),
                        gpuLines,
                        Stream.of("CUDA 13"),
                        libraries.stream().map(Library::text),
                        advice.stream())
                .flatMap(lines -> lines)
                .collect(Collectors.joining(System.lineSeparator(), "", System.lineSeparator()));
    }
}
