package io.retcon.retrainer.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import java.math.BigInteger;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A plain scalar as OmegaConf on PyYAML reads it: YAML 1.1, in which {@code yes} is true, {@code
 * 0100} is 64 and {@code 1:30} is 90, with OmegaConf's own floats, in which {@code 1e-4} is no text,
 * and no dates.
 */
final class OmegaScalar {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private static final Pattern TRUE = Pattern.compile("yes|Yes|YES|true|True|TRUE|on|On|ON");
    private static final Pattern FALSE = Pattern.compile("no|No|NO|false|False|FALSE|off|Off|OFF");
    private static final Pattern NULL = Pattern.compile("~|null|Null|NULL|");
    private static final Pattern INT =
            Pattern.compile(
                    "[-+]?0b[0-1_]+|[-+]?0[0-7_]+|[-+]?(?:0|[1-9][0-9_]*)|[-+]?0x[0-9a-fA-F_]+"
                            + "|[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+");
    private static final Pattern FLOAT =
            Pattern.compile(
                    "[-+]?[0-9]+(?:_[0-9]+)*\\.[0-9_]*(?:[eE][-+]?[0-9]+)?"
                            + "|[-+]?[0-9]+(?:_[0-9]+)*[eE][-+]?[0-9]+"
                            + "|\\.[0-9]+(?:_[0-9]+)*(?:[eE][-+][0-9]+)?"
                            + "|[-+]?[0-9]+(?:_[0-9]+)*(?::[0-5]?[0-9])+\\.[0-9_]*"
                            + "|[-+]?\\.(?:inf|Inf|INF)"
                            + "|\\.(?:nan|NaN|NAN)");

    private OmegaScalar() {}

    static JsonNode plain(String text) {
        if (NULL.matcher(text).matches()) {
            return JSON.nullNode();
        }
        if (TRUE.matcher(text).matches() || FALSE.matcher(text).matches()) {
            return JSON.booleanNode(TRUE.matcher(text).matches());
        }
        if (FLOAT.matcher(text).matches()) {
            return JSON.numberNode(decimal(text.replace("_", "").toLowerCase(Locale.ROOT)));
        }
        return INT.matcher(text).matches()
                ? whole(text.replace("_", "")).<JsonNode>map(JSON::numberNode).orElse(text(text))
                : text(text);
    }

    private static JsonNode text(String text) {
        return JSON.textNode(text);
    }

    private static double decimal(String text) {
        if (text.endsWith(".nan")) {
            return Double.NaN;
        }
        if (text.endsWith(".inf")) {
            return text.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        if (text.indexOf(':') < 0) {
            return Double.parseDouble(text);
        }
        int sign = text.startsWith("-") ? -1 : 1;
        double sum = 0;
        for (var digits : unsigned(text).split(":")) {
            sum = sum * 60 + Double.parseDouble(digits);
        }
        return sign * sum;
    }

    private static Optional<BigInteger> whole(String text) {
        var digits = unsigned(text);
        BigInteger value;
        if (digits.equals("0")) {
            value = BigInteger.ZERO;
        } else if (digits.startsWith("0b") || digits.startsWith("0x")) {
            if (digits.length() == 2) {
                return Optional.empty();
            }
            value = new BigInteger(digits.substring(2), digits.charAt(1) == 'b' ? 2 : 16);
        } else if (digits.startsWith("0")) {
            value = new BigInteger(digits, 8);
        } else {
            value = BigInteger.ZERO;
            for (var part : digits.split(":")) {
                value = value.multiply(BigInteger.valueOf(60)).add(new BigInteger(part));
            }
        }
        return Optional.of(text.startsWith("-") ? value.negate() : value);
    }

    private static String unsigned(String text) {
        return text.startsWith("-") || text.startsWith("+") ? text.substring(1) : text;
    }
}
