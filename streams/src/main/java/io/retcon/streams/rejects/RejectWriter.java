package io.retcon.streams.rejects;

import static io.retcon.schemas.topic.TopicCatalogue.PROGRESS;
import static io.retcon.schemas.topic.TopicCatalogue.REJECTS;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.record.Progress;
import io.retcon.schemas.record.Reject;
import io.retcon.schemas.serde.RecordSerde;
import io.retcon.schemas.serde.Schemas;
import io.retcon.schemas.topic.Keys;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.errors.ErrorHandlerContext;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Writes what a handler refuses as a record of retcon.rejects. */
final class RejectWriter {
    /** Bytes of a refused value, and of its key, that are kept: a reject must fit any broker. */
    private static final int KEPT = 1 << 18;

    private static final int KEPT_KEY = 1 << 12;

    private final Serializer<Reject> rejects;
    private final Serializer<Progress> progress;

    RejectWriter(Map<String, ?> settings) {
        var name = RejectUndecodable.SCHEMAS;
        var schemas = (Schemas) requireNonNull(settings.get(name), name + " is not set");
        this.rejects = new RecordSerde<>(REJECTS, schemas).serializer();
        this.progress = new RecordSerde<>(PROGRESS, schemas).serializer();
    }

    List<ProducerRecord<byte[], byte[]>> reject(
            ErrorHandlerContext origin, byte[] key, byte[] value, String reason) {
        var kept = key == null ? null : Arrays.copyOf(key, Math.min(key.length, KEPT_KEY));
        var text = kept == null ? null : new String(kept, StandardCharsets.UTF_8);
        return List.of(record(origin, kept, text, value, reason));
    }

    List<ProducerRecord<byte[], byte[]>> reject(
            ErrorHandlerContext origin, byte[] value, FailedIntervention failed) {
        var id = failed.intervention();
        var refusal = new Refusal(id, failed.stage(), "documents", failed.getMessage());
        var said = refusal.progress();
        return List.of(
                record(origin, bytes(id), id, value, failed.getMessage()),
                new ProducerRecord<>(
                        PROGRESS.name(),
                        bytes(Keys.progress(said)),
                        progress.serialize(PROGRESS.name(), said)));
    }

    private ProducerRecord<byte[], byte[]> record(
            ErrorHandlerContext origin, byte[] key, String id, byte[] value, String reason) {
        int length = value == null ? 0 : value.length;
        var cut =
                length > KEPT ? " (the first %d of %d bytes are kept)".formatted(KEPT, length) : "";
        var reject =
                Reject.newBuilder()
                        .setTopic(origin.topic())
                        .setPartition(origin.partition())
                        .setOffset(origin.offset())
                        .setKey(id)
                        .setValue(
                                value == null
                                        ? null
                                        : ByteBuffer.wrap(value, 0, Math.min(length, KEPT)))
                        .setReason(reason + cut)
                        .build();
        return new ProducerRecord<>(REJECTS.name(), key, rejects.serialize(REJECTS.name(), reject));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
