package io.retcon.streams.state;

import static java.util.Objects.requireNonNull;

import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * A value of a topology's own stores and internal topics, written field by field: nobody else reads
 * it, so it needs no schema.
 */
public record FieldsSerde<V>(Writer<V> writer, Reader<V> reader) implements Serde<V> {

    /** Writes a value's fields. */
    @FunctionalInterface
    public interface Writer<V> {
        void write(V value, DataOutputStream out) throws IOException;
    }

    /** Reads them in the same order. */
    @FunctionalInterface
    public interface Reader<V> {
        V read(DataInputStream in) throws IOException;
    }

    public FieldsSerde {
        requireNonNull(writer, "writer is null");
        requireNonNull(reader, "reader is null");
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
        var bytes = new ByteArrayOutputStream();
        try {
            writer.write(value, new DataOutputStream(bytes));
        } catch (IOException tooLong) {
            throw new IllegalArgumentException("a field cannot be kept: " + tooLong.getMessage());
        }
        return bytes.toByteArray();
    }

    private V decode(byte[] bytes) {
        try {
            return reader.read(new DataInputStream(new ByteArrayInputStream(bytes)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
