package io.retcon.schemas.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retcon.schemas.record.DocumentRef;
import io.retcon.schemas.record.DocumentSpan;
import io.retcon.schemas.record.Effect;
import io.retcon.schemas.record.Effects;
import io.retcon.schemas.record.HistorySequence;
import io.retcon.schemas.record.Item;
import io.retcon.schemas.record.Manifest;
import io.retcon.schemas.record.Match;
import io.retcon.schemas.record.Plan;
import io.retcon.schemas.record.Progress;
import io.retcon.schemas.record.Role;
import io.retcon.schemas.record.RunManifest;
import io.retcon.schemas.record.StepRange;
import io.retcon.schemas.record.TokenWidth;
import io.retcon.schemas.serde.ContentAddressedSchemas;
import io.retcon.schemas.serde.RecordSerde;
import io.retcon.schemas.testing.ChaoticRecords;
import io.retcon.schemas.testing.SeededTest;
import io.retcon.schemas.topic.Topic;
import io.retcon.schemas.topic.TopicCatalogue;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Random;

class RecordContractTest {
    private final ContentAddressedSchemas schemas = new ContentAddressedSchemas();

    private record Wrong<V extends SpecificRecord>(Topic<V> topic, V record, String reason) {}

    @Test
    void whatARecordCannotSayIsRefusedWithTheReason() {
        assertThat(records()).allSatisfy(this::assertRefused);
    }

    private <V extends SpecificRecord> void assertRefused(Wrong<V> wrong) {
        // Given
        var serde = new RecordSerde<>(wrong.topic(), schemas);
        var bytes = serde.serializer().serialize(wrong.topic().name(), wrong.record());
        // When / Then
        assertThatThrownBy(() -> serde.deserializer().deserialize(wrong.topic().name(), bytes))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining(wrong.reason());
    }

    @SeededTest(tries = 300)
    void aChaoticRecordIsReadOrRefused(Random random) {
        // Given
        var chaos = new ChaoticRecords(random, schemas);
        for (var topic : TopicCatalogue.all()) {
            var record = chaos.next(topic);
            // When / Then
            assertReadOrRefused(topic, record.value());
        }
    }

    private <V extends SpecificRecord> void assertReadOrRefused(Topic<V> topic, byte[] bytes) {
        V read;
        try {
            read =
                    new RecordSerde<>(topic, schemas)
                            .deserializer()
                            .deserialize(topic.name(), bytes);
        } catch (SerializationException refused) {
            assertThat(refused.getMessage()).isNotBlank();
            return;
        }
        assertThat(read == null || topic.type().isInstance(read)).isTrue();
    }

    private static List<Wrong<?>> records() {
        return List.of(
                new Wrong<>(TopicCatalogue.MANIFESTS, manifest(0, 8, 1), "'sequencesPerStep' is 0"),
                new Wrong<>(
                        TopicCatalogue.MANIFESTS,
                        manifest(1, Integer.MAX_VALUE, 1),
                        "'tokensPerSequence' is 2147483647: it must be from 1 to 4194304"),
                new Wrong<>(TopicCatalogue.MANIFESTS, manifest(1, 8, 0), "'partitions' is 0"),
                new Wrong<>(TopicCatalogue.HISTORY, sequence(2, 7), "7 tokens from 2 on"),
                new Wrong<>(TopicCatalogue.HISTORY, sequence(-1, 1), "1 tokens from -1 on"),
                new Wrong<>(
                        TopicCatalogue.HISTORY, sequence(Integer.MAX_VALUE, 1), "does not lie in"),
                new Wrong<>(
                        TopicCatalogue.ITEMS,
                        Item.newBuilder()
                                .setBenchmark("b")
                                .setId("i")
                                .setQuery("q")
                                .setChoices(List.of())
                                .setGold(0)
                                .build(),
                        "0 choices and none of them is 'gold' 0"),
                new Wrong<>(
                        TopicCatalogue.MATCHES,
                        Match.newBuilder()
                                .setIntervention("i")
                                .setRole(Role.TARGET)
                                .setDocument(new DocumentRef("d", Long.MAX_VALUE, 0, 0, 1))
                                .build(),
                        "'step' is 9223372036854775807"),
                new Wrong<>(
                        TopicCatalogue.PLANS,
                        Plan.newBuilder().setIntervention("i").setRun("r").setArm("a\0b").build(),
                        "is no name"),
                new Wrong<>(
                        TopicCatalogue.PROGRESS,
                        Progress.newBuilder()
                                .setIntervention("x".repeat(5000))
                                .setStage("s")
                                .setDone(0)
                                .setTotal(0)
                                .setRate(0)
                                .setUnit("u")
                                .build(),
                        "of 5000 characters is no name"),
                new Wrong<>(
                        TopicCatalogue.EFFECTS,
                        effects(Double.MIN_VALUE, -0.0),
                        "no interval goes from 4.9E-324 to -0.0"),
                new Wrong<>(
                        TopicCatalogue.EFFECTS,
                        effects(-Double.MAX_VALUE, Double.MAX_VALUE),
                        "no interval goes from"));
    }

    private static Effects effects(double low, double high) {
        var effect =
                Effect.newBuilder()
                        .setContrast("treated-control")
                        .setBenchmark("b")
                        .setMetric("margin")
                        .setEstimate(0)
                        .setLow(low)
                        .setHigh(high)
                        .setLevel(0.95)
                        .setP(1)
                        .setMinimumDetectable(1)
                        .setItems(1)
                        .setReplicates(2)
                        .setCaveats(List.of())
                        .build();
        return Effects.newBuilder()
                .setIntervention("i")
                .setName("n")
                .setRun("r")
                .setWindow(new StepRange(0L, 1L))
                .setItems(1)
                .setDocuments(0)
                .setEffects(List.of(effect))
                .setArms(Map.of())
                .setTruncated(Map.of())
                .build();
    }

    private static Manifest manifest(int sequences, int tokens, int partitions) {
        return new Manifest(
                "r",
                RunManifest.newBuilder()
                        .setSequencesPerStep(sequences)
                        .setTokensPerSequence(tokens)
                        .setPartitions(partitions)
                        .setVocabulary(10)
                        .setWidth(TokenWidth.U16)
                        .setEos(0)
                        .setSteps(1)
                        .build());
    }

    private static HistorySequence sequence(int start, int length) {
        return new HistorySequence(
                "r",
                0L,
                0,
                TokenWidth.U16,
                ByteBuffer.allocate(16),
                List.of(new DocumentSpan("d", start, length)));
    }
}
