package io.retcon.schemas.json;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.format.TextStream;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A file of one JSON object a line in UTF-8, plain or packed with gzip or zstd, whatever its name;
 * each malformed line is refused on its own.
 */
public final class JsonLines {
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final Path file;
    private final KeptFields kept;

    /**
     * @param fields those that are read; what stands in others doesn't matter
     */
    public JsonLines(Path file, Set<String> fields) {
        this.file = requireNonNull(file, "file is null");
        this.kept = new KeptFields(fields);
    }

    /**
     * Gives every line's value to {@code sink}, in order, and every bad line, with file and line
     * number, to {@code refused}. Blank lines are skipped.
     *
     * @param parse turns an object into a value; throws {@link RefusedInput} with what is wrong in
     *     it
     * @throws RefusedInput if the file holds no lines of text, or can't be read
     */
    public <T> void read(
            Function<JsonLine, T> parse, Consumer<T> sink, Consumer<RefusedInput> refused) {
        try (var lines = new ByteLines(TextStream.open(file, "JSON lines"))) {
            long number = 0;
            for (var more = true; more; ) {
                number++;
                Optional<T> value;
                try {
                    var line = lines.next();
                    more = line.isPresent();
                    value = value(line, number, parse);
                } catch (RefusedInput e) {
                    refused.accept(
                            new RefusedInput(
                                    "%s line %d: %s".formatted(file, number, e.getMessage()), e));
                    continue;
                }
                value.ifPresent(sink);
            }
        } catch (IOException e) {
            throw TextStream.damaged(file, e);
        }
    }

    private <T> Optional<T> value(Optional<byte[]> line, long number, Function<JsonLine, T> parse) {
        return line.map(JsonLines::withoutMark)
                .filter(bytes -> !isBlank(bytes))
                .map(bytes -> parse.apply(new JsonLine(file, number, kept.of(bytes))));
    }

    /** Files that begin with the mark may have been joined. */
    private static byte[] withoutMark(byte[] line) {
        int length = BYTE_ORDER_MARK.length;
        return line.length >= length && Arrays.equals(line, 0, length, BYTE_ORDER_MARK, 0, length)
                ? Arrays.copyOfRange(line, length, line.length)
                : line;
    }

    private static boolean isBlank(byte[] line) {
        for (byte b : line) {
            if (b != ' ' && b != '\t' && b != '\r') {
                return false;
            }
        }
        return true;
    }
}
