package io.retcon.deploy.export;

import io.retcon.deploy.cli.OutputOption;
import io.retcon.deploy.cli.ProgressLine;
import io.retcon.schemas.RefusedInput;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** The file that rows are exported to: there whole or, where something fails, as it was before. */
public final class RowFile {
    private static final int SAID_EACH = 50_000;

    /** What was written. */
    record Written(Path file, long rows) {
        String text() {
            return String.format(Locale.ROOT, "%,d rows in %s", rows, file);
        }
    }

    /** Where rows come from. */
    @FunctionalInterface
    interface Source<R> {
        /** Gives every row to the sink. */
        void each(Consumer<R> sink);
    }

    @Option(
            names = "-o",
            required = true,
            paramLabel = "FILE",
            description =
                    "A file whose name ends in .jsonl, .csv or .parquet, which is the format.")
    private Path file;

    @Mixin private OutputOption output;

    /** Writes all rows and says how many. */
    <R extends Record> void write(Class<R> type, Source<R> source) throws IOException {
        var format = RowFormat.of(file);
        var count = new AtomicLong();
        var part = file.resolveSibling(file.getFileName() + ".part");
        try (var line = ProgressLine.onStandardError();
                var rows = format.write(part, type)) {
            source.each(
                    row -> {
                        add(row, rows);
                        long done = count.incrementAndGet();
                        if (done % SAID_EACH == 0) {
                            line.stage(String.format(Locale.ROOT, "exporting: %,d rows", done));
                        }
                    });
        } catch (NoSuchFileException e) {
            throw new RefusedInput("%s: there is no such folder: make it first".formatted(file), e);
        } catch (RuntimeException e) {
            Files.deleteIfExists(part);
            throw e;
        }
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        output.result(new Written(file, count.get()), Written::text);
    }

    private static <R extends Record> void add(R row, RowWriter<R> rows) {
        try {
            rows.write(row);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
