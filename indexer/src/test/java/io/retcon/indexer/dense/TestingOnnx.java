package io.retcon.indexer.dense;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Tiny ONNX models, written field by field as onnx.proto numbers them. */
final class TestingOnnx {
    static final int FLOAT = 1;
    static final int INT32 = 6;
    static final int INT64 = 7;

    private final Message graph = new Message();

    /** A protobuf message. */
    private static final class Message {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        Message number(int field, long value) {
            varint((long) field << 3);
            varint(value);
            return this;
        }

        Message bytes(int field, byte[] value) {
            varint((long) field << 3 | 2);
            varint(value.length);
            out.writeBytes(value);
            return this;
        }

        Message text(int field, String value) {
            return bytes(field, value.getBytes(StandardCharsets.UTF_8));
        }

        Message message(int field, Message value) {
            return bytes(field, value.out.toByteArray());
        }

        private void varint(long value) {
            long rest = value;
            while ((rest & ~0x7FL) != 0) {
                out.write((int) (rest & 0x7F | 0x80));
                rest >>>= 7;
            }
            out.write((int) rest);
        }
    }

    /**
     * @param shape negative where any size goes
     */
    TestingOnnx input(String name, int type, int... shape) {
        graph.message(11, value(name, type, shape));
        return this;
    }

    TestingOnnx output(String name, int type, int... shape) {
        graph.message(12, value(name, type, shape));
        return this;
    }

    TestingOnnx tensor(String name, float[][] matrix) {
        var raw =
                ByteBuffer.allocate(matrix.length * matrix[0].length * Float.BYTES)
                        .order(ByteOrder.LITTLE_ENDIAN);
        for (var row : matrix) {
            for (float x : row) {
                raw.putFloat(x);
            }
        }
        graph.message(
                5,
                new Message()
                        .number(1, matrix.length)
                        .number(1, matrix[0].length)
                        .number(2, FLOAT)
                        .text(8, name)
                        .bytes(9, raw.array()));
        return this;
    }

    TestingOnnx gather(String table, String indices, String output) {
        return node("Gather", List.of(table, indices), output, new Message());
    }

    TestingOnnx matMul(String left, String right, String output) {
        return node("MatMul", List.of(left, right), output, new Message());
    }

    /** The mean over the second of three dimensions, which goes. */
    TestingOnnx meanOfTokens(String input, String output) {
        var node = new Message().text(1, input).text(2, output).text(4, "ReduceMean");
        node.message(5, new Message().text(1, "axes").number(8, 1).number(20, 7));
        node.message(5, new Message().text(1, "keepdims").number(3, 0).number(20, 2));
        graph.message(1, node);
        return this;
    }

    TestingOnnx cast(String input, int type, String output) {
        return node(
                "Cast",
                List.of(input),
                output,
                new Message().text(1, "to").number(3, type).number(20, 2));
    }

    byte[] toBytes() {
        graph.text(2, "tiny");
        return new Message()
                .number(1, 8)
                .message(7, graph)
                .message(8, new Message().text(1, "").number(2, 13))
                .out
                .toByteArray();
    }

    private TestingOnnx node(
            String operation, List<String> inputs, String output, Message attribute) {
        var node = new Message();
        inputs.forEach(input -> node.text(1, input));
        node.text(2, output).text(4, operation);
        if (attribute.out.size() > 0) {
            node.message(5, attribute);
        }
        graph.message(1, node);
        return this;
    }

    private static Message value(String name, int type, int... shape) {
        var dimensions = new Message();
        for (int i = 0; i < shape.length; i++) {
            dimensions.message(
                    1,
                    shape[i] < 0
                            ? new Message().text(2, "any" + i)
                            : new Message().number(1, shape[i]));
        }
        var tensor = new Message().number(1, type).message(2, dimensions);
        return new Message().text(1, name).message(2, new Message().message(1, tensor));
    }
}
