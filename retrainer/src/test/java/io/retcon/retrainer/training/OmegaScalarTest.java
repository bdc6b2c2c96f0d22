package io.retcon.retrainer.training;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** A table that OmegaConf 2.4 on PyYAML 6 made by omegaconf_scalars.py, beside it. */
class OmegaScalarTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    static List<JsonNode> table() throws IOException {
        var file = OmegaScalarTest.class.getResourceAsStream("omegaconf-scalars.jsonl");
        try (var lines =
                new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
            return lines.lines().map(OmegaScalarTest::json).toList();
        }
    }

    private static JsonNode json(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("table")
    void readsScalarsAsOmegaConfDoes(JsonNode line) {
        // Given
        var expected = line.path("plain");
        if (expected.path("type").asText().equals("error")) {
            return; // The text is no scalar at all.
        }
        // When
        var read =
                OmegaYaml.read("key: %s\n".formatted(line.path("scalar").asText()), "test")
                        .path("key");
        // Then
        assertThat(shown(read)).isEqualTo(shown(expected));
        assertThat(OmegaField.flag(read).map(Object::toString))
                .isEqualTo(expected(line.path("flag")));
        assertThat(OmegaField.whole(read).map(Object::toString))
                .isEqualTo(expected(line.path("whole")));
        assertThat(finite(OmegaField.number(read)))
                .isEqualTo(finite(expected(line.path("number")).map(OmegaScalarTest::number)));
        assertThat(OmegaField.either(read).map(Number::doubleValue))
                .isEqualTo(finite(expected(line.path("either")).map(OmegaScalarTest::number)));
    }

    /** What is not finite is refused wherever a number is asked for, however it was written. */
    private static Optional<Double> finite(Optional<Double> number) {
        return number.filter(Double::isFinite).map(zeroHasNoSign -> zeroHasNoSign + 0.0);
    }

    private static Optional<String> expected(JsonNode cell) {
        return cell.path("type").asText().equals("error")
                ? Optional.empty()
                : Optional.of(cell.path("value").asText());
    }

    private static double number(String python) {
        return switch (python) {
            case "nan" -> Double.NaN;
            case "inf" -> Double.POSITIVE_INFINITY;
            case "-inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(python);
        };
    }

    /** A value and its type, of ours and of the table's. */
    private static String shown(JsonNode value) {
        if (value.isObject()) {
            var type = value.path("type").asText();
            var text = value.path("value").asText();
            return type + " " + (type.equals("float") ? number(text) : text);
        }
        return switch (value.getNodeType()) {
            case NULL -> "NoneType null";
            case BOOLEAN -> "bool " + value.asText();
            case NUMBER ->
                    value.isIntegralNumber()
                            ? "int " + value.asText()
                            : "float " + value.doubleValue();
            default -> "str " + value.asText();
        };
    }
}
