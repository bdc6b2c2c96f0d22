package io.retcon.streams.rejects;

import static io.retcon.schemas.topic.TopicCatalogue.REJECTS;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.record.Reject;
import io.retcon.schemas.serde.RecordSerde;
import io.retcon.schemas.serde.Schemas;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.errors.ErrorHandlerContext;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Writes what a handler refuses as a record of retcon.rejects. */
final class RejectWriter {
    private final Serializer<Reject> rejects;

    RejectWriter(Map<String, ?> settings) {
        var name = RejectUndecodable.SCHEMAS;
        var schemas = (Schemas) requireNonNull(settings.get(name), name + " is not set");
        this.rejects = new RecordSerde<>(REJECTS, schemas).serializer();
    }

    List<ProducerRecord<byte[], byte[]>> reject(
            ErrorHandlerContext origin, byte[] key, byte[] value, String reason) {
        var reject =
                Reject.newBuilder()
                        .setTopic(origin.topic())
                        .setPartition(origin.partition())
                        .setOffset(origin.offset())
                        .setKey(key == null ? null : new String(key, StandardCharsets.UTF_8))
                        .setValue(value == null ? null : ByteBuffer.wrap(value))
                        .setReason(reason)
                        .build();
        return List.of(
                new ProducerRecord<>(
                        REJECTS.name(), key, rejects.serialize(REJECTS.name(), reject)));
    }
}
