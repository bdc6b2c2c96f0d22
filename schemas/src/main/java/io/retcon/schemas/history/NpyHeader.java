package io.retcon.schemas.history;

import io.retcon.schemas.RefusedInput;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The header of a NumPy array file: magic, version, and a Python dictionary of element type, order
 * and shape (numpy.lib.format).
 */
record NpyHeader(TokenType type, long[] shape, long dataOffset) {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int VERSION_AT = 6;
    private static final int LENGTH_AT = 8;
    private static final int ALIGNMENT = 64;
    private static final Pattern DICTIONARY =
            Pattern.compile(
                    "\\{\\s*'descr':\\s*'([^']*)',\\s*'fortran_order':\\s*(True|False),"
                            + "\\s*'shape':\\s*\\(([\\d,\\s]*)\\),?\\s*\\}\\s*");

    static NpyHeader read(Path path, MemorySegment file) {
        long size = file.byteSize();
        if (size < LENGTH_AT + 2
                || !Arrays.equals(
                        file.asSlice(0, MAGIC.length).toArray(ValueLayout.JAVA_BYTE), MAGIC)) {
            throw new RefusedInput(
                    "%s is no npy file: it lacks NumPy's first bytes".formatted(path));
        }
        boolean wide = file.get(ValueLayout.JAVA_BYTE, VERSION_AT) >= 2;
        int start = LENGTH_AT + (wide ? Integer.BYTES : Short.BYTES);
        long length = start > size ? -1 : headerLength(file, wide);
        if (length < 0 || start + length > size) {
            throw new RefusedInput("%s is cut off inside its header".formatted(path));
        }
        var text =
                new String(
                        file.asSlice(start, length).toArray(ValueLayout.JAVA_BYTE),
                        StandardCharsets.UTF_8);
        var dictionary = DICTIONARY.matcher(text);
        if (!dictionary.matches() || dictionary.group(2).equals("True")) {
            throw new RefusedInput(
                    "%s has a header that is no C-order array of integers: %s"
                            .formatted(path, text.strip()));
        }
        return checked(path, dictionary, start + length, size);
    }

    private static long headerLength(MemorySegment file, boolean wide) {
        return wide
                ? file.get(
                                ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN),
                                LENGTH_AT)
                        & 0xFFFFFFFFL
                : file.get(
                                ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN),
                                LENGTH_AT)
                        & 0xFFFF;
    }

    private static NpyHeader checked(Path path, Matcher dictionary, long dataOffset, long size) {
        var type =
                TokenType.find(dictionary.group(1))
                        .orElseThrow(
                                () ->
                                        new RefusedInput(
                                                "%s holds %s, no integers: save its token ids as uint16 or uint32"
                                                        .formatted(path, dictionary.group(1))));
        try {
            var shape =
                    Arrays.stream(dictionary.group(3).split(",", -1))
                            .map(String::strip)
                            .filter(s -> !s.isEmpty())
                            .mapToLong(Long::parseLong)
                            .toArray();
            long bytes = Arrays.stream(shape).reduce(type.bytes(), Math::multiplyExact);
            if (bytes != size - dataOffset) {
                throw new RefusedInput(
                        "%s should hold %d bytes of tokens but holds %d"
                                .formatted(path, bytes, size - dataOffset));
            }
            return new NpyHeader(type, shape, dataOffset);
        } catch (NumberFormatException | ArithmeticException e) {
            throw new RefusedInput(
                    "%s has an impossible shape (%s)".formatted(path, dictionary.group(3)), e);
        }
    }

    /** The header of version 1 for a C-order array. */
    static byte[] write(TokenType type, long... shape) {
        var dimensions = new StringBuilder();
        for (long dimension : shape) {
            dimensions.append(dimension).append(shape.length == 1 ? "," : ", ");
        }
        if (shape.length > 1) {
            dimensions.setLength(dimensions.length() - 2);
        }
        var dictionary =
                "{'descr': '%s', 'fortran_order': False, 'shape': (%s), }"
                        .formatted(type.numpyName(), dimensions);
        int unpadded = LENGTH_AT + Short.BYTES + dictionary.length() + 1;
        int padded = (unpadded + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        var text = dictionary + " ".repeat(padded - unpadded) + "\n";
        var header = java.nio.ByteBuffer.allocate(padded).order(ByteOrder.LITTLE_ENDIAN);
        header.put(MAGIC).put((byte) 1).put((byte) 0).putShort((short) text.length());
        return header.put(text.getBytes(StandardCharsets.US_ASCII)).array();
    }
}
