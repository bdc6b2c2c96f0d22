package io.retcon.schemas.topic;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;

class DamagedRecordTest {
    @Test
    void aBrokenChecksumIsNamedWithThePlaceAndTheMend() {
        // Given
        var failure =
                new IllegalStateException(
                        new KafkaException(
                                "Received exception when fetching the next record",
                                new KafkaException(
                                        "Record batch for partition retcon.history-0 at offset 211"
                                            + " is invalid, cause: Record is corrupt (stored crc ="
                                            + " 2, computed crc = 4)")));
        // When
        var sentence = DamagedRecord.sentence(failure);
        // Then
        assertThat(sentence)
                .hasValueSatisfying(
                        said ->
                                assertThat(said)
                                        .startsWith(
                                                "the record at offset 211 of retcon.history-0 is"
                                                        + " damaged")
                                        .contains("restore its data folder"));
    }

    @Test
    void otherFailuresAreNone() {
        // When / Then
        assertThat(DamagedRecord.sentence(new KafkaException("away"))).isEmpty();
        assertThat(DamagedRecord.sentence(new IllegalStateException())).isEmpty();
    }
}
