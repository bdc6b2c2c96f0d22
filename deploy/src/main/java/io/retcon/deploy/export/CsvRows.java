package io.retcon.deploy.export;

import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Rows as comma-separated values (RFC 4180, but with line feeds), under a heading. */
final class CsvRows<R extends Record> implements RowWriter<R> {
    private static final CsvMapper MAPPER =
            CsvMapper.builder()
                    .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                    .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                    .build();

    private final SequenceWriter out;

    CsvRows(Path file, Class<R> type) throws IOException {
        var schema = MAPPER.schemaFor(type).withHeader().withArrayElementSeparator("|");
        out = MAPPER.writerFor(type).with(schema).writeValues(Files.newBufferedWriter(file));
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
