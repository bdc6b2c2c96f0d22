package io.retcon.deploy.export;

import io.retcon.schemas.RefusedInput;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How rows lie in a file; columns are called by their record's components in snake case. */
enum RowFormat {
    /** A JSON object a line; what is absent is left out. */
    JSONL {
        @Override
        <R extends Record> RowWriter<R> write(Path file, Class<R> type) throws IOException {
            return new JsonRows<>(file);
        }
    },
    /** With a heading; lists with {@code |} between their elements. */
    CSV {
        @Override
        <R extends Record> RowWriter<R> write(Path file, Class<R> type) throws IOException {
            return new CsvRows<>(file, type);
        }
    },
    /** Lists as lists; compressed with Snappy. */
    PARQUET {
        @Override
        <R extends Record> RowWriter<R> write(Path file, Class<R> type) throws IOException {
            return new ParquetRows<>(file, type);
        }
    };

    abstract <R extends Record> RowWriter<R> write(Path file, Class<R> type) throws IOException;

    /**
     * The one that a file's name ends in.
     *
     * @throws RefusedInput where it ends in none
     */
    static RowFormat of(Path file) {
        var name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(format -> name.endsWith(format.ending()))
                .findFirst()
                .orElseThrow(
                        () ->
                                new RefusedInput(
                                        "%s: the name says no format: end it in %s"
                                                .formatted(
                                                        file,
                                                        Arrays.stream(values())
                                                                .map(RowFormat::ending)
                                                                .collect(
                                                                        Collectors.joining(
                                                                                " or ")))));
    }

    private String ending() {
        return "." + name().toLowerCase(Locale.ROOT);
    }
}
