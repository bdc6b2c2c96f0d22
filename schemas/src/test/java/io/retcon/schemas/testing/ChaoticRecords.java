package io.retcon.schemas.testing;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.serde.Schemas;
import io.retcon.schemas.topic.Topic;
import io.retcon.schemas.topic.TopicCatalogue;

import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.EncoderFactory;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Random;

/**
 * Records of the kinds that some user may write to a topic, made from the topic's schema: without a
 * value, with bytes that are no Avro, under an unknown schema, of another topic's schema, damaged,
 * or valid with absurd values. They name no run, intervention or benchmark that a test has.
 */
public final class ChaoticRecords {
    private static final int MAGIC_AND_ID = 5;
    private static final List<String> NAMES =
            List.of(
                    "", "\0", "|", "a|b", "control", "treated", "on-1", "dose-2", "😀", "../..",
                    "NaN");
    private static final double[] DOUBLES = {
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        Double.MIN_VALUE,
        -0.0,
        -1e300
    };
    private static final long[] LONGS = {
        Long.MIN_VALUE, Long.MAX_VALUE, -1, 0, 1, 2, Integer.MAX_VALUE, Integer.MIN_VALUE
    };
    private static final int[] INTS = {Integer.MIN_VALUE, Integer.MAX_VALUE, -1, 0, 1, 2, 1 << 30};

    private final Random random;
    private final Schemas schemas;

    public ChaoticRecords(Random random, Schemas schemas) {
        this.random = requireNonNull(random, "random is null");
        this.schemas = requireNonNull(schemas, "schemas is null");
    }

    /** A record's key and bytes, null where there are none. */
    public record Chaos(String key, byte[] value) {}

    public Chaos next(Topic<?> topic) {
        return new Chaos(
                name(),
                switch (random.nextInt(8)) {
                    case 0 -> null;
                    case 1 -> bytes(random.nextInt(40));
                    case 2 -> underAnotherId(valid(topic));
                    case 3 -> valid(other());
                    case 4 -> damaged(valid(topic));
                    default -> valid(topic);
                });
    }

    private Topic<?> other() {
        var all = TopicCatalogue.all();
        return all.get(random.nextInt(all.size()));
    }

    private byte[] underAnotherId(byte[] record) {
        ByteBuffer.wrap(record, 1, Integer.BYTES).putInt(random.nextInt());
        return record;
    }

    /** A bit flipped, the end cut off, or a length that claims two thousand millions. */
    private byte[] damaged(byte[] record) {
        int at = MAGIC_AND_ID + random.nextInt(Math.max(1, record.length - MAGIC_AND_ID));
        switch (random.nextInt(3)) {
            case 0 -> record[Math.min(at, record.length - 1)] ^= (byte) (1 << random.nextInt(8));
            case 1 -> {
                return Arrays.copyOf(record, Math.min(at, record.length));
            }
            default -> {
                var huge = new byte[] {-2, -1, -1, -1, 15};
                System.arraycopy(huge, 0, record, at, Math.min(huge.length, record.length - at));
            }
        }
        return record;
    }

    private byte[] valid(Topic<?> topic) {
        var out = new ByteArrayOutputStream();
        out.write(0);
        int id = schemas.idOf(topic.subject(), topic.schema());
        out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(id).array());
        var encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        try {
            new GenericDatumWriter<>(topic.schema()).write(value(topic.schema(), 0), encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private Object value(Schema schema, int depth) {
        return switch (schema.getType()) {
            case RECORD -> record(schema, depth);
            case ARRAY -> {
                var array = new ArrayList<Object>();
                for (int i = size(depth); i > 0; i--) {
                    array.add(value(schema.getElementType(), depth + 1));
                }
                yield array;
            }
            case MAP -> {
                var map = new HashMap<String, Object>();
                for (int i = size(depth); i > 0; i--) {
                    map.put(name(), value(schema.getValueType(), depth + 1));
                }
                yield map;
            }
            case UNION ->
                    value(schema.getTypes().get(random.nextInt(schema.getTypes().size())), depth);
            case ENUM -> {
                var symbols = schema.getEnumSymbols();
                var symbol = symbols.get(random.nextInt(symbols.size()));
                yield new GenericData.EnumSymbol(schema, symbol);
            }
            case STRING -> name();
            case BYTES -> ByteBuffer.wrap(bytes(random.nextInt(20)));
            case INT ->
                    random.nextBoolean() ? random.nextInt(6) : INTS[random.nextInt(INTS.length)];
            case LONG ->
                    random.nextBoolean()
                            ? (long) random.nextInt(6)
                            : LONGS[random.nextInt(LONGS.length)];
            case DOUBLE -> DOUBLES[random.nextInt(DOUBLES.length)];
            case FLOAT -> (float) DOUBLES[random.nextInt(DOUBLES.length)];
            case BOOLEAN -> random.nextBoolean();
            case NULL -> null;
            case FIXED -> throw new IllegalArgumentException("no topic has a fixed field");
        };
    }

    private Object record(Schema schema, int depth) {
        var record = new GenericData.Record(schema);
        for (var field : schema.getFields()) {
            record.put(field.pos(), value(field.schema(), depth + 1));
        }
        return record;
    }

    private int size(int depth) {
        return depth > 4 ? random.nextInt(2) : random.nextInt(4);
    }

    private String name() {
        return switch (random.nextInt(12)) {
            case 0 -> NAMES.get(random.nextInt(NAMES.size()));
            case 1 -> new String(bytes(8), StandardCharsets.ISO_8859_1);
            case 2 -> "x".repeat(70_000);
            default -> "unknown-" + random.nextInt(4);
        };
    }

    private byte[] bytes(int length) {
        var bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
