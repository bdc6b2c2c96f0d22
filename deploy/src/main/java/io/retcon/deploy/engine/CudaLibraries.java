package io.retcon.deploy.engine;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The libraries of CUDA 13 that engine libtorch-gpu loads, and where on this machine they are:
 * folders that LD_LIBRARY_PATH names, the system's, a CUDA installation's, and those of NVIDIA's
 * Python packages.
 */
record CudaLibraries(List<Found> libraries) {
    private static final List<Library> NEEDED =
            List.of(
                    new Library("cudart", "libcudart.so.13", "nvidia-cuda-runtime"),
                    new Library("cupti", "libcupti.so.13", "nvidia-cuda-cupti"),
                    new Library("cublas", "libcublas.so.13", "nvidia-cublas"),
                    new Library("cublasLt", "libcublasLt.so.13", "nvidia-cublas"),
                    new Library("cudnn", "libcudnn.so.9", "nvidia-cudnn-cu13"),
                    new Library("cufft", "libcufft.so.12", "nvidia-cufft"),
                    new Library("cusparse", "libcusparse.so.12", "nvidia-cusparse"),
                    new Library("curand", "libcurand.so.10", "nvidia-curand"),
                    new Library("cufile", "libcufile.so.0", "nvidia-cufile"),
                    new Library("nccl", "libnccl.so.2", "nvidia-nccl-cu13"));

    private static final List<String> SYSTEM =
            List.of(
                    "/usr/local/cuda/lib64",
                    "/usr/local/cuda-13/lib64",
                    "/usr/lib/x86_64-linux-gnu",
                    "/usr/lib64",
                    "/usr/lib",
                    "/usr/local/lib",
                    "/opt/cuda/lib64");

    /**
     * One of them.
     *
     * @param pip the Python package that brings it along
     */
    record Library(String name, String file, String pip) {}

    /** Where one lies, if anywhere. */
    record Found(Library library, Optional<Path> folder) {}

    static CudaLibraries find() {
        return in(folders(System.getenv("LD_LIBRARY_PATH"), pythons()));
    }

    /** As found in these folders, the first that has a library. */
    static CudaLibraries in(Set<Path> folders) {
        return new CudaLibraries(
                NEEDED.stream()
                        .map(
                                library ->
                                        new Found(
                                                library,
                                                folders.stream()
                                                        .filter(f -> has(f, library))
                                                        .findFirst()))
                        .toList());
    }

    private static boolean has(Path folder, Library library) {
        return Files.exists(folder.resolve(library.file()));
    }

    /** Those that are nowhere. */
    List<Library> missing() {
        return libraries.stream()
                .filter(found -> found.folder().isEmpty())
                .map(Found::library)
                .toList();
    }

    /** The folders that have them, each once. */
    List<Path> folders() {
        return libraries.stream().flatMap(found -> found.folder().stream()).distinct().toList();
    }

    private static Set<Path> folders(String libraryPath, List<Path> pythons) {
        var folders = new LinkedHashSet<Path>();
        if (libraryPath != null) {
            Stream.of(libraryPath.split(File.pathSeparator, -1))
                    .filter(entry -> !entry.isBlank())
                    .map(Path::of)
                    .forEach(folders::add);
        }
        SYSTEM.stream().map(Path::of).forEach(folders::add);
        pythons.forEach(python -> folders.addAll(ofPython(python)));
        return folders;
    }

    /** {@code nvidia/PACKAGE/lib} below every site-packages of an environment. */
    static List<Path> ofPython(Path environment) {
        var folders = new ArrayList<Path>();
        for (var lib : List.of("lib", "lib64")) {
            for (var python : below(environment.resolve(lib))) {
                for (var packages : List.of("site-packages", "dist-packages")) {
                    below(python.resolve(packages).resolve("nvidia"))
                            .forEach(found -> folders.add(found.resolve("lib")));
                }
            }
        }
        return folders;
    }

    /** The environment that is active, then the system's. */
    private static List<Path> pythons() {
        return Stream.concat(
                        Stream.of("VIRTUAL_ENV", "CONDA_PREFIX")
                                .map(System::getenv)
                                .filter(folder -> folder != null && !folder.isBlank()),
                        Stream.of(
                                System.getProperty("user.home") + "/.local", "/usr/local", "/usr"))
                .map(Path::of)
                .toList();
    }

    private static List<Path> below(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var folders = Files.list(folder)) {
            return folders.filter(Files::isDirectory).sorted().toList();
        } catch (IOException unreadable) {
            return List.of();
        }
    }
}
