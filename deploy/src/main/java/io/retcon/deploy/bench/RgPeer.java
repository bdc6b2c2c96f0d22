package io.retcon.deploy.bench;

import io.retcon.schemas.RefusedInput;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** ripgrep, which looks for literal strings in lines. */
record RgPeer(String name) {
    private static final Pattern TIMES =
            Pattern.compile("(\\d+)m([\\d.]+)s (\\d+)m([\\d.]+)s\\s*\\z");

    /** The one on the PATH. */
    static Optional<RgPeer> find() {
        try {
            var process = new ProcessBuilder("rg", "--version").start();
            var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0
                    ? Optional.of(new RgPeer(said.lines().findFirst().orElse("ripgrep")))
                    : Optional.empty();
        } catch (IOException notInstalled) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** Writes a document a line, and the terms a line each. */
    static void write(BenchDocuments documents, Path corpus, Collection<String> terms, Path list) {
        try (var out = Files.newOutputStream(corpus)) {
            documents.forEachBatch(
                    batch -> {
                        try {
                            for (var text : batch) {
                                out.write(line(text));
                            }
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    });
            Files.write(list, List.copyOf(terms));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** User and system seconds of one search for all terms, its output thrown away. */
    double seconds(Path corpus, Path terms) {
        try {
            var process =
                    new ProcessBuilder(
                                    "sh",
                                    "-c",
                                    "rg --no-config --text -j1 -o -F -f \"$1\" \"$2\" >/dev/null;"
                                            + " times",
                                    "sh",
                                    terms.toString(),
                                    corpus.toString())
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor();
            return ofChildren(said);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while ripgrep ran", e);
        }
    }

    /** What the shell's {@code times} says of its children, on the last line. */
    static double ofChildren(String times) {
        var found = TIMES.matcher(times);
        if (!found.find()) {
            throw new RefusedInput(
                    "the shell does not say how long ripgrep ran: leave the peers out with"
                            + " --no-peer");
        }
        return 60 * (Double.parseDouble(found.group(1)) + Double.parseDouble(found.group(3)))
                + Double.parseDouble(found.group(2))
                + Double.parseDouble(found.group(4));
    }

    private static byte[] line(byte[] text) {
        var line = new byte[text.length + 1];
        for (int i = 0; i < text.length; i++) {
            line[i] = text[i] == '\n' || text[i] == '\r' ? (byte) ' ' : text[i];
        }
        line[text.length] = '\n';
        return line;
    }
}
