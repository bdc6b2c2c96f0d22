package io.retcon.schemas.history;

import io.retcon.schemas.RefusedInput;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The header of a NumPy array file: magic, version, and a Python dictionary of element type, order
 * and shape (numpy.lib.format).
 */
record NpyHeader(TokenType type, long[] shape, long dataOffset) {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int VERSION_AT = 6;
    private static final int LENGTH_AT = 8;

    /** Of the format's versions; it differs from the second in the header's encoding alone. */
    private static final int NEWEST = 3;

    private static final int ALIGNMENT = 64;
    private static final Pattern TYPE =
            Pattern.compile("['\"]descr['\"]\\s*:\\s*['\"]([^'\"]*)['\"]");
    private static final Pattern FORTRAN =
            Pattern.compile("['\"]fortran_order['\"]\\s*:\\s*(True|False)");
    private static final Pattern SHAPE =
            Pattern.compile("['\"]shape['\"]\\s*:\\s*\\(([\\dL,\\s]*)\\)");

    /**
     * @param file which begins with NumPy's first bytes
     * @throws RefusedInput if it is no array of token ids as they are read, with the mend
     */
    static NpyHeader read(Path path, MemorySegment file) {
        long size = file.byteSize();
        int version = size > LENGTH_AT ? file.get(ValueLayout.JAVA_BYTE, VERSION_AT) & 0xFF : 1;
        if (version < 1 || version > NEWEST) {
            throw new RefusedInput(
                    "%s is of version %d of NumPy's format, and 1 to %d are read: save it again with numpy.save"
                            .formatted(path, version, NEWEST));
        }
        boolean wide = version >= 2;
        int start = LENGTH_AT + (wide ? Integer.BYTES : Short.BYTES);
        long length = start > size ? -1 : headerLength(file, wide);
        if (length < 0 || start + length > size) {
            throw new RefusedInput("%s is cut off inside its header: get it again".formatted(path));
        }
        var text =
                new String(
                        file.asSlice(start, Math.min(length, 1 << 16))
                                .toArray(ValueLayout.JAVA_BYTE),
                        StandardCharsets.UTF_8);
        var type = new NpyType(find(TYPE, text).orElse("(several fields)")).tokens(path);
        if (find(FORTRAN, text).filter("True"::equals).isPresent()) {
            throw new RefusedInput(
                    "%s is in Fortran order: save numpy.ascontiguousarray(a)".formatted(path));
        }
        var shape = shape(path, find(SHAPE, text).orElse("?"));
        checkSize(path, type, shape, size - start - length);
        return new NpyHeader(type, shape, start + length);
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

    private static Optional<String> find(Pattern field, String dictionary) {
        var matcher = field.matcher(dictionary);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    private static long[] shape(Path path, String text) {
        try {
            return Arrays.stream(text.split(",", -1))
                    .map(dimension -> dimension.replace("L", "").strip())
                    .filter(dimension -> !dimension.isEmpty())
                    .mapToLong(Long::parseLong)
                    .toArray();
        } catch (NumberFormatException e) {
            throw impossible(path, text, e);
        }
    }

    private static void checkSize(Path path, TokenType type, long[] shape, long there) {
        long bytes;
        try {
            bytes = Arrays.stream(shape).reduce(type.bytes(), Math::multiplyExact);
        } catch (ArithmeticException e) {
            throw impossible(path, Arrays.toString(shape), e);
        }
        if (there < bytes) {
            throw new RefusedInput(
                    "%s is cut off: its header says %,d bytes of tokens and %,d are there: get it again"
                            .formatted(path, bytes, there));
        }
        if (there > bytes) {
            throw new RefusedInput(
                    "%s has %,d bytes after its %,d bytes of tokens: save one array a file"
                            .formatted(path, there - bytes, bytes));
        }
    }

    private static RefusedInput impossible(Path path, String shape, Exception cause) {
        return new RefusedInput(
                "%s has an impossible shape (%s): save it again with numpy.save"
                        .formatted(path, shape),
                cause);
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
        var header = ByteBuffer.allocate(padded).order(ByteOrder.LITTLE_ENDIAN);
        header.put(MAGIC).put((byte) 1).put((byte) 0).putShort((short) text.length());
        return header.put(text.getBytes(StandardCharsets.US_ASCII)).array();
    }
}
