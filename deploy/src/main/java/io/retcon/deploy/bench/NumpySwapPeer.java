package io.retcon.deploy.bench;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.retcon.schemas.history.NpyWriter;
import io.retcon.schemas.record.DocumentRef;
import io.retcon.schemas.record.TokenWidth;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The swap as a script over NumPy files makes it, in a Python of its own: pairs by sorted lists,
 * swaps row by row.
 */
final class NumpySwapPeer {
    private final PythonPeer python;
    private final Reading reading;

    private NumpySwapPeer(PythonPeer python, Reading reading) {
        this.python = python;
        this.reading = reading;
    }

    /** How often the script reads a step's file for donors' tokens. */
    enum Reading {
        /**
         * Once for each donor outside the first step, as the reference's {@code
         * swap_docs_between_batches.py} does: it never notes which step it has open.
         */
        EACH_DONOR("as the reference reads", "each-donor"),

        /** Once, as that script means to. */
        EACH_STEP("each step read once", "each-step");

        private final String words;
        private final String argument;

        Reading(String words, String argument) {
            this.words = words;
            this.argument = argument;
        }
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

    /** On the first Python of this machine that has NumPy. */
    static Optional<NumpySwapPeer> find(Reading reading) {
        return PythonPeer.find("numpy", "NumPy %s script", Map.of())
                .map(python -> new NumpySwapPeer(python.on(1), reading));
    }

    String name() {
        return python.name() + ", " + reading.words;
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
            var said =
                    python.run(
                            "numpy_swap_peer.py",
                            List.of(
                                    swap.window().folder().toString(),
                                    swap.donors().folder().toString(),
                                    lists.toString(),
                                    out.toString(),
                                    reading.argument));
            return new ObjectMapper().treeToValue(said, Said.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
