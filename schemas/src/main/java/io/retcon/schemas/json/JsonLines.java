package io.retcon.schemas.json;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.retcon.schemas.RefusedInput;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;

/**
 * A file of one JSON object a line, plain or gzipped; each malformed line is refused on its own.
 */
public final class JsonLines {
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final int BUFFER = 1 << 16;

    private final Path file;

    public JsonLines(Path file) {
        this.file = requireNonNull(file, "file is null");
    }

    /**
     * Gives every line's value to {@code sink}, in order, and every bad line, with file and line
     * number, to {@code refused}. Blank lines are skipped.
     *
     * @param parse turns an object into a value; throws {@link RefusedInput} with what is wrong in
     *     it
     */
    public <T> void read(
            Function<JsonNode, T> parse, Consumer<T> sink, Consumer<RefusedInput> refused) {
        try (var lines = new ByteLines(open())) {
            long number = 0;
            for (var line = lines.next(); line.isPresent(); line = lines.next()) {
                number++;
                if (isBlank(line.get())) {
                    continue;
                }
                T value;
                try {
                    value = parse.apply(object(line.get()));
                } catch (RefusedInput e) {
                    refused.accept(
                            new RefusedInput(
                                    "%s line %d: %s".formatted(file, number, e.getMessage()), e));
                    continue;
                }
                sink.accept(value);
            }
        } catch (EOFException e) {
            throw new RefusedInput("%s is cut off: its gzip stream ends early".formatted(file), e);
        } catch (IOException e) {
            throw new RefusedInput("%s cannot be read: %s".formatted(file, e.getMessage()), e);
        }
    }

    private InputStream open() throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new RefusedInput("%s is no file: check the path".formatted(file));
        }
        var in = Files.newInputStream(file);
        return file.toString().endsWith(".gz") ? new GZIPInputStream(in, BUFFER) : in;
    }

    private static boolean isBlank(byte[] line) {
        for (byte b : line) {
            if (b != ' ' && b != '\t' && b != '\r') {
                return false;
            }
        }
        return true;
    }

    private static JsonNode object(byte[] line) {
        try {
            var node = JSON.readTree(line);
            if (!node.isObject()) {
                throw new RefusedInput("not a JSON object: each line holds one {…}");
            }
            return node;
        } catch (JacksonException e) {
            throw new RefusedInput("not JSON (%s)".formatted(what(e)), e);
        } catch (IOException e) {
            throw new RefusedInput("not JSON (%s)".formatted(e.getMessage()), e);
        }
    }

    /** Without the place, which the parser counts in the line alone. */
    private static String what(JacksonException e) {
        return e.getOriginalMessage().replaceFirst(" \\(start marker at .*", "");
    }
}
