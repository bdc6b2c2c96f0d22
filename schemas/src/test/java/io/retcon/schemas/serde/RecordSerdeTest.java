package io.retcon.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retcon.schemas.record.Item;
import io.retcon.schemas.testing.SeededTest;
import io.retcon.schemas.topic.TopicCatalogue;

import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Random;

class RecordSerdeTest {
    private final RecordSerde<Item> serde =
            new RecordSerde<>(TopicCatalogue.ITEMS, new ContentAddressedSchemas());

    @Test
    void aRecordComesBackAsItWas() {
        // Given
        var item = new Item("b", "1", "q", List.of("x", "y"), 1, null, "ö", null, null);
        // When
        var bytes = serde.serializer().serialize("t", item);
        // Then
        assertThat(bytes[0]).isZero();
        assertThat(serde.deserializer().deserialize("t", bytes)).isEqualTo(item);
    }

    @SeededTest(tries = 300)
    void foreignBytesAreRefusedAndNeverCrash(Random random) {
        // Given
        var bytes =
                serde.serializer()
                        .serialize(
                                "t",
                                new Item(
                                        "b",
                                        "1",
                                        "q",
                                        List.of("x", "y"),
                                        1,
                                        null,
                                        null,
                                        null,
                                        null));
        for (int i = 0; i < 3; i++) {
            bytes[5 + random.nextInt(bytes.length - 5)] = (byte) random.nextInt(256);
        }
        var cut = java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
        // When
        try {
            serde.deserializer().deserialize("t", cut);
        } catch (SerializationException refused) {
            // Then
            assertThat(refused).hasMessageContaining("not ");
        }
    }

    @Test
    void textIsNoRecord() {
        assertThatThrownBy(
                        () ->
                                serde.deserializer()
                                        .deserialize(
                                                "t",
                                                "hello"
                                                        .getBytes(
                                                                java.nio.charset.StandardCharsets
                                                                        .UTF_8)))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("Confluent's framing");
    }
}
