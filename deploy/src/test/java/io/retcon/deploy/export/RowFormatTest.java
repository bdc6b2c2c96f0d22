package io.retcon.deploy.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.jerolba.carpet.CarpetReader;
import com.jerolba.carpet.FieldMatchingStrategy;

import io.retcon.schemas.RefusedInput;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

class RowFormatTest {
    private static final long SEED = 20;

    @TempDir Path folder;

    @ParameterizedTest
    @EnumSource
    void whatWasWrittenIsRead(RowFormat format) throws IOException {
        // Given
        var rows = rows(500);
        var file = folder.resolve("rows");
        // When
        try (var out = format.write(file, ScoreRow.class)) {
            for (var row : rows) {
                out.write(row);
            }
        }
        // Then
        assertThat(read(file, format)).as("seed %d", SEED).isEqualTo(rows);
    }

    @Test
    void columnsBearTheMetricsNames() throws IOException {
        // Given
        var file = folder.resolve("rows.csv");
        // When
        try (var out = RowFormat.of(file).write(file, ScoreRow.class)) {
            out.write(rows(1).getFirst());
        }
        // Then
        assertThat(Files.readAllLines(file).getFirst().split(","))
                .startsWith("run", "step", "intervention")
                .contains("acc_raw", "acc_per_token", "acc_per_char", "acc_uncond", "margin");
    }

    @Test
    void aNameWithoutAFormatIsRefused() {
        assertThatThrownBy(() -> RowFormat.of(Path.of("rows.xlsx")))
                .isInstanceOf(RefusedInput.class)
                .hasMessage(
                        "rows.xlsx: the name says no format: end it in .jsonl or .csv or .parquet");
    }

    private static List<ScoreRow> rows(int count) {
        var random = new SplittableRandom(SEED);
        var rows = new ArrayList<ScoreRow>();
        for (int i = 0; i < count; i++) {
            boolean retrained = random.nextBoolean();
            rows.add(
                    new ScoreRow(
                            "run, \"one\"",
                            random.nextLong(1L << 40),
                            retrained ? "id-ä<b>" : null,
                            retrained ? "treated" : null,
                            retrained ? random.nextInt(9) : null,
                            "pararel/p36",
                            "item\n" + i,
                            random.nextInt(4),
                            random.nextBoolean(),
                            random.nextBoolean() ? null : random.nextBoolean(),
                            null,
                            random.nextBoolean(),
                            random.nextDouble() - 0.5,
                            random.doubles(1 + random.nextInt(4)).boxed().toList(),
                            random.ints(1 + random.nextInt(4), 1, 9).boxed().toList()));
        }
        return rows;
    }

    private static List<ScoreRow> read(Path file, RowFormat format) throws IOException {
        return switch (format) {
            case JSONL -> {
                var mapper =
                        JsonMapper.builder()
                                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                                .build();
                var rows = new ArrayList<ScoreRow>();
                for (var line : Files.readAllLines(file)) {
                    rows.add(mapper.readValue(line, ScoreRow.class));
                }
                yield rows;
            }
            case CSV -> {
                var mapper =
                        CsvMapper.builder()
                                .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                                .enable(CsvParser.Feature.EMPTY_UNQUOTED_STRING_AS_NULL)
                                .build();
                var schema =
                        mapper.schemaFor(ScoreRow.class)
                                .withHeader()
                                .withArrayElementSeparator("|");
                MappingIterator<ScoreRow> rows =
                        mapper.readerFor(ScoreRow.class).with(schema).readValues(file.toFile());
                yield rows.readAll();
            }
            case PARQUET ->
                    new CarpetReader<>(file.toFile(), ScoreRow.class)
                            .withFieldMatchingStrategy(FieldMatchingStrategy.SNAKE_CASE)
                            .toList();
        };
    }
}
