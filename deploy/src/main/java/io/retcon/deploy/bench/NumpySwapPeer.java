package io.retcon.deploy.bench;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.history.NpyWriter;
import io.retcon.schemas.record.DocumentRef;
import io.retcon.schemas.record.TokenWidth;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** A script over NumPy files, in a Python of its own: pairs by sorted lists, swaps row by row. */
final class NumpySwapPeer {
    private static final List<String> PYTHONS = List.of("/usr/bin/python3", "python3");

    private final String python;
    private final String version;

    private NumpySwapPeer(String python, String version) {
        this.python = python;
        this.version = version;
    }

    /**
     * What the peer's process says; seconds are of its processor time but for the last.
     *
     * @param wallSeconds by the clock
     */
    record Said(
            double mappingSeconds,
            double swapSeconds,
            double wallSeconds,
            int swapped,
            long memoryBytes) {
        double seconds() {
            return mappingSeconds + swapSeconds;
        }
    }

    /** The first Python on this machine that has NumPy. */
    static Optional<NumpySwapPeer> find() {
        for (var python : PYTHONS) {
            try {
                var process =
                        new ProcessBuilder(python, "-c", "import numpy; print(numpy.__version__)")
                                .redirectError(ProcessBuilder.Redirect.DISCARD)
                                .start();
                var version =
                        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                if (process.waitFor() == 0) {
                    return Optional.of(new NumpySwapPeer(python, version.strip()));
                }
            } catch (IOException notInstalled) {
                continue;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    String name() {
        return "NumPy %s script".formatted(version);
    }

    /** Writes what the peer reads beside the windows' files: documents, and which take part. */
    static void writeLists(Swap swap, Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        places(swap.window().documents(), folder.resolve("documents.npy"));
        places(swap.donors().documents(), folder.resolve("donor-documents.npy"));
        Map<DocumentRef, Integer> numbers = new HashMap<>();
        var documents = swap.window().documents();
        for (int i = 0; i < documents.size(); i++) {
            numbers.put(documents.get(i), i);
        }
        row(swap.targets().stream().mapToInt(numbers::get).toArray(), folder, "targets.npy");
        row(IntStream.range(0, swap.donors().documents().size()).toArray(), folder, "donors.npy");
    }

    private static void places(List<DocumentRef> documents, Path file) {
        var rows =
                documents.stream()
                        .map(
                                d ->
                                        new int[] {
                                            (int) d.getStep(),
                                            d.getSequence(),
                                            d.getStart(),
                                            d.getStart() + d.getLength() - 1
                                        })
                        .toArray(int[][]::new);
        NpyWriter.write(file, rows, TokenWidth.U32);
    }

    private static void row(int[] numbers, Path folder, String name) {
        var rows = IntStream.of(numbers).mapToObj(n -> new int[] {n}).toArray(int[][]::new);
        NpyWriter.write(folder.resolve(name), rows, TokenWidth.U32);
    }

    /**
     * @param lists as {@link #writeLists} wrote them
     * @param out gets the steps that were changed, whole
     */
    Said run(Swap swap, Path lists, Path out) {
        try {
            Files.createDirectories(out);
            var script = Files.createTempFile("retcon-bench", ".py");
            try (var in = NumpySwapPeer.class.getResourceAsStream("numpy_swap_peer.py")) {
                Files.write(script, in.readAllBytes());
            }
            var builder =
                    new ProcessBuilder(
                                    python,
                                    script.toString(),
                                    swap.window().folder().toString(),
                                    swap.donors().folder().toString(),
                                    lists.toString(),
                                    out.toString())
                            .redirectError(ProcessBuilder.Redirect.DISCARD);
            builder.environment().put("OPENBLAS_NUM_THREADS", "1");
            var process = builder.start();
            var line = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            boolean worked = process.waitFor() == 0;
            Files.delete(script);
            if (!worked) {
                throw new RefusedInput(
                        "%s failed on the windows: leave it out with --no-peer".formatted(name()));
            }
            return new ObjectMapper().readValue(line, Said.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the peer ran", e);
        }
    }
}
