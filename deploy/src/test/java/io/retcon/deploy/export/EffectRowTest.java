package io.retcon.deploy.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.jerolba.carpet.CarpetReader;
import com.jerolba.carpet.FieldMatchingStrategy;

import io.retcon.schemas.record.Effect;
import io.retcon.schemas.record.Effects;
import io.retcon.schemas.record.StepRange;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A number that nobody knows is absent in every format, and no text that a reader stumbles over.
 */
class EffectRowTest {
    @TempDir Path folder;

    @Test
    void isNullInJson() throws IOException {
        // When
        var file = written("effects.jsonl");
        // Then
        var json = new ObjectMapper().readTree(Files.readString(file));
        assertThat(json.path("estimate").doubleValue()).isEqualTo(-0.5);
        assertThat(List.of("low", "high", "p", "q", "minimum_detectable"))
                .allMatch(name -> !json.hasNonNull(name));
    }

    @Test
    void isAnEmptyCellInCsv() throws IOException {
        // When
        var lines = Files.readAllLines(written("effects.csv"));
        // Then
        assertThat(lines.getLast()).contains(",-0.5,,,0.95,,,,19,1,").doesNotContain("NaN");
    }

    @Test
    void isNullInParquet() throws IOException {
        // When
        var row =
                new CarpetReader<>(written("effects.parquet").toFile(), EffectRow.class)
                        .withFieldMatchingStrategy(FieldMatchingStrategy.SNAKE_CASE)
                        .toList()
                        .getFirst();
        // Then
        assertThat(row).isEqualTo(EffectRow.of(effects(), effect()));
        assertThat(row.low()).isNull();
        assertThat(row.p()).isNull();
    }

    private Path written(String name) throws IOException {
        var file = folder.resolve(name);
        try (var out = RowFormat.of(file).write(file, EffectRow.class)) {
            out.write(EffectRow.of(effects(), effect()));
        }
        return file;
    }

    private static Effect effect() {
        return Effect.newBuilder()
                .setContrast("treated-control")
                .setBenchmark("b")
                .setMetric("acc_raw")
                .setEstimate(-0.5)
                .setLow(Double.NEGATIVE_INFINITY)
                .setHigh(Double.POSITIVE_INFINITY)
                .setLevel(0.95)
                .setP(Double.NaN)
                .setQ(Double.NaN)
                .setMinimumDetectable(Double.NaN)
                .setItems(19)
                .setReplicates(1)
                .setCaveats(List.of("one replicate"))
                .build();
    }

    private static Effects effects() {
        return Effects.newBuilder()
                .setIntervention("9f2c")
                .setName("n")
                .setRun("r")
                .setWindow(new StepRange(0L, 9L))
                .setItems(19)
                .setDocuments(7)
                .setEffects(List.of(effect()))
                .setArms(Map.of())
                .setTruncated(Map.of())
                .build();
    }
}
