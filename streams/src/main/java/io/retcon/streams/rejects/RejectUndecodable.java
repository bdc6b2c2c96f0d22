package io.retcon.streams.rejects;

import static io.retcon.schemas.topic.TopicCatalogue.REJECTS;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.record.Reject;
import io.retcon.schemas.serde.RecordSerde;
import io.retcon.schemas.serde.Schemas;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.errors.DeserializationExceptionHandler;
import org.apache.kafka.streams.errors.ErrorHandlerContext;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Sends what a topology cannot decode to retcon.rejects, in the same transaction, and goes on. Set
 * it as {@code deserialization.exception.handler}, and the {@link Schemas} as {@link #SCHEMAS}.
 */
public final class RejectUndecodable implements DeserializationExceptionHandler {
    /** Name of the setting that holds the {@link Schemas}. */
    public static final String SCHEMAS = "retcon.schemas";

    private Serializer<Reject> rejects;

    @Override
    public void configure(Map<String, ?> settings) {
        var schemas = (Schemas) requireNonNull(settings.get(SCHEMAS), SCHEMAS + " is not set");
        rejects = new RecordSerde<>(REJECTS, schemas).serializer();
    }

    @Override
    public Response handleError(
            ErrorHandlerContext context,
            ConsumerRecord<byte[], byte[]> record,
            Exception exception) {
        var reject =
                Reject.newBuilder()
                        .setTopic(record.topic())
                        .setPartition(record.partition())
                        .setOffset(record.offset())
                        .setKey(
                                record.key() == null
                                        ? null
                                        : new String(record.key(), StandardCharsets.UTF_8))
                        .setValue(record.value() == null ? null : ByteBuffer.wrap(record.value()))
                        .setReason(exception.getMessage())
                        .build();
        return Response.resume(
                List.of(
                        new ProducerRecord<>(
                                REJECTS.name(),
                                record.key(),
                                rejects.serialize(REJECTS.name(), reject))));
    }
}
