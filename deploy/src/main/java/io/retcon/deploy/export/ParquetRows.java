package io.retcon.deploy.export;

import com.jerolba.carpet.CarpetWriter;
import com.jerolba.carpet.ColumnNamingStrategy;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Rows as Parquet, each column with its record component's type. */
final class ParquetRows<R extends Record> implements RowWriter<R> {
    private final CarpetWriter<R> out;

    ParquetRows(Path file, Class<R> type) throws IOException {
        out =
                new CarpetWriter.Builder<>(
                                new BufferedOutputStream(Files.newOutputStream(file)), type)
                        .withColumnNamingStrategy(ColumnNamingStrategy.SNAKE_CASE)
                        .build();
    }

    @Override
    public void write(R row) throws IOException {
        out.write(row);
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
