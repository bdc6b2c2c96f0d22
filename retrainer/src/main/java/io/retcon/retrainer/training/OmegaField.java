package io.retcon.retrainer.training;

import com.fasterxml.jackson.databind.JsonNode;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What OmegaConf makes of a value where its schema has a type; empty where it refuses. */
final class OmegaField {
    private static final Set<String> TRUE = Set.of("yes", "y", "on", "true");
    private static final Set<String> FALSE = Set.of("no", "n", "off", "false");

    private OmegaField() {}

    /** A {@code bool}: texts and whole numbers are taken too. */
    static Optional<Boolean> flag(JsonNode value) {
        if (value.isBoolean()) {
            return Optional.of(value.booleanValue());
        }
        var word = value.asText().toLowerCase(Locale.ROOT);
        if (value.isTextual() && TRUE.contains(word) || value.isTextual() && FALSE.contains(word)) {
            return Optional.of(TRUE.contains(word));
        }
        return whole(value).map(number -> number.signum() != 0);
    }

    /** An {@code int}: texts of digits are taken too, floats are not. */
    static Optional<BigDecimal> whole(JsonNode value) {
        if (value.isIntegralNumber()) {
            return Optional.of(value.decimalValue());
        }
        return value.isTextual() && value.asText().matches("\\s*[-+]?\\d+(_\\d+)*\\s*")
                ? Optional.of(new BigDecimal(value.asText().strip().replace("_", "")))
                : Optional.empty();
    }

    /** A {@code float}: texts that Python turns into one are taken too. */
    static Optional<Double> number(JsonNode value) {
        if (value.isNumber()) {
            return Optional.of(value.doubleValue());
        }
        var text = value.asText().strip();
        if (!value.isTextual()
                || !text.matches(
                        "[-+]?(\\d+(_\\d+)*\\.?(\\d+(_\\d+)*)?|\\.\\d+(_\\d+)*)([eE][-+]?\\d+(_\\d+)*)?")) {
            return Optional.empty();
        }
        return Optional.of(Double.valueOf(text.replace("_", "")));
    }

    /** A {@code Union[int, float]}: no text is taken. */
    static Optional<BigDecimal> either(JsonNode value) {
        return value.isNumber() && Double.isFinite(value.doubleValue())
                ? Optional.of(value.decimalValue())
                : Optional.empty();
    }
}
