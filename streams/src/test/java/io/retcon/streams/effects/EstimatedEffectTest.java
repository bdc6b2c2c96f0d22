package io.retcon.streams.effects;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.retcon.schemas.record.ClusterEffect;
import io.retcon.schemas.record.Effect;
import io.retcon.schemas.record.Effects;
import io.retcon.schemas.record.StepRange;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.util.List;
import java.util.Map;

class EstimatedEffectTest {
    private static final List<String> UNCERTAIN =
            List.of("interval", "p", "q", "minimumDetectable");

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.NEGATIVE_INFINITY})
    void whatNobodyKnowsIsAbsentAndMayBeNone(double unknown) throws IOException {
        // Given
        var effect =
                Effect.newBuilder(effect())
                        .setLow(unknown)
                        .setHigh(-unknown)
                        .setP(Double.NaN)
                        .setQ(Double.NaN)
                        .setMinimumDetectable(-unknown)
                        .build();
        // When
        var estimated = new EstimatedEffect(effect);
        var json = json(effect);
        // Then
        assertThat(estimated.estimate()).contains(-0.5);
        assertThat(estimated.interval()).isEmpty();
        assertThat(estimated.p()).isEmpty();
        assertThat(estimated.mayBeNone()).isTrue();
        assertThat(json.path("estimate").doubleValue()).isEqualTo(-0.5);
        assertThat(UNCERTAIN).allMatch(name -> json.path(name).isNull());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void nothingToEstimateFromIsNoNumber(int items) throws IOException {
        // Given
        var effect = Effect.newBuilder(effect()).setItems(items).setReplicates(1 - items).build();
        // When
        var json = json(effect);
        // Then
        assertThat(new EstimatedEffect(effect).estimate()).isEmpty();
        assertThat(json.path("estimate").isNull()).isTrue();
        assertThat(UNCERTAIN).allMatch(name -> json.path(name).isNull());
    }

    @Test
    void aKnownIntervalSaysWhetherThereMayBeNone() throws IOException {
        // Given
        var around = Effect.newBuilder(effect()).setHigh(0.1).build();
        // When
        var clear = new EstimatedEffect(effect());
        // Then
        assertThat(clear.interval()).contains(new EstimatedEffect.Interval(-0.7, -0.2));
        assertThat(clear.mayBeNone()).isFalse();
        assertThat(new EstimatedEffect(around).mayBeNone()).isTrue();
        assertThat(json(effect()).path("interval")).hasSize(2);
    }

    @Test
    void aClusterWithoutAnIntervalHasNone() throws IOException {
        // Given
        var cluster = new ClusterEffect("capital", 1, -1.0, Double.NaN, Double.NaN);
        // When
        var json = json(Effect.newBuilder(effect()).setClusters(List.of(cluster)).build());
        // Then
        var written = json.path("clusters").path(0);
        assertThat(written.path("estimate").doubleValue()).isEqualTo(-1);
        assertThat(written.path("interval").isNull()).isTrue();
    }

    private static JsonNode json(Effect effect) throws IOException {
        var effects =
                Effects.newBuilder()
                        .setIntervention("9f2c")
                        .setName("n")
                        .setRun("r")
                        .setWindow(new StepRange(0L, 9L))
                        .setItems(19)
                        .setDocuments(7)
                        .setEffects(List.of(effect))
                        .setArms(Map.of())
                        .setTruncated(Map.of())
                        .build();
        return new ObjectMapper()
                .readTree(EffectsJson.of(effects).toString())
                .path("effects")
                .path(0);
    }

    private static Effect effect() {
        return Effect.newBuilder()
                .setContrast("treated-control")
                .setBenchmark("b")
                .setMetric("acc_raw")
                .setEstimate(-0.5)
                .setLow(-0.7)
                .setHigh(-0.2)
                .setLevel(0.95)
                .setP(0.001)
                .setQ(0.002)
                .setMinimumDetectable(0.3)
                .setItems(19)
                .setReplicates(3)
                .setCaveats(List.of())
                .build();
    }
}
