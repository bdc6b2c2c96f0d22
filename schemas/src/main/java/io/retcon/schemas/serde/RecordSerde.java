package io.retcon.schemas.serde;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.FailureCause;
import io.retcon.schemas.contract.RecordContract;
import io.retcon.schemas.topic.Topic;

import org.apache.avro.Schema;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A topic's values in Confluent's wire format: a zero byte, the schema's id (four bytes,
 * big-endian), the record in Avro's binary encoding. Thread-safe.
 */
public final class RecordSerde<V extends SpecificRecord> implements Serde<V> {
    private static final byte MAGIC = 0;
    private static final int HEADER = 1 + Integer.BYTES;

    private final String subject;
    private final Schema schema;
    private final Schemas schemas;
    private final SpecificDatumWriter<V> writer;
    private final Map<Integer, SpecificDatumReader<V>> readers = new ConcurrentHashMap<>();
    private final int id;

    /** Grown once: a sequence's record would double a new buffer half a dozen times. */
    private final ThreadLocal<ByteArrayOutputStream> buffers =
            ThreadLocal.withInitial(ByteArrayOutputStream::new);

    public RecordSerde(Topic<V> topic, Schemas schemas) {
        this(topic.subject(), topic.schema(), schemas);
    }

    /**
     * For values of Streams' own topics and stores, which carry a topic's schema under another
     * subject.
     */
    public RecordSerde(String subject, Schema schema, Schemas schemas) {
        TrustedRecords.vouch();
        this.subject = requireNonNull(subject, "subject is null");
        this.schema = requireNonNull(schema, "schema is null");
        this.schemas = requireNonNull(schemas, "schemas is null");
        this.writer = new SpecificDatumWriter<>(schema);
        this.id = schemas.idOf(subject, schema);
    }

    @Override
    public Serializer<V> serializer() {
        return (topic, value) -> value == null ? null : encode(value);
    }

    @Override
    public Deserializer<V> deserializer() {
        return (topic, bytes) -> bytes == null ? null : decode(bytes);
    }

    private byte[] encode(V value) {
        var out = buffers.get();
        out.reset();
        out.write(MAGIC);
        out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(id).array());
        var encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        try {
            writer.write(value, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private V decode(byte[] bytes) {
        if (bytes.length < HEADER || bytes[0] != MAGIC) {
            throw new SerializationException(
                    "not Avro in Confluent's framing: a value of %s must start with a zero byte and a schema id"
                            .formatted(subject));
        }
        try {
            return read(bytes);
        } catch (IOException | RuntimeException | StackOverflowError e) {
            if (e instanceof RuntimeException failure
                    && FailureCause.of(failure) == FailureCause.MACHINERY) {
                throw failure;
            }
            throw new SerializationException(
                    "not a record of %s: %s".formatted(schema.getName(), reason(e)), e);
        }
    }

    /**
     * No length in {@code bytes} is believed beyond the bytes that are left: the decoder checks.
     */
    private V read(byte[] bytes) throws IOException {
        var reader =
                readers.computeIfAbsent(
                        ByteBuffer.wrap(bytes, 1, Integer.BYTES).getInt(),
                        writerId -> new SpecificDatumReader<>(schemas.byId(writerId), schema));
        var value =
                reader.read(
                        null,
                        DecoderFactory.get()
                                .binaryDecoder(bytes, HEADER, bytes.length - HEADER, null));
        RecordContract.check(value);
        return value;
    }

    private static String reason(Throwable e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
