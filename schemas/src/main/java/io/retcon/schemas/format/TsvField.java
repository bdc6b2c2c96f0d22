package io.retcon.schemas.format;

import io.retcon.schemas.RefusedInput;

import java.util.HexFormat;

/**
 * Any text as one field of a table of lines and tabs, and back: a backslash becomes {@code \\},
 * tab, line feed and carriage return become {@code \t}, {@code \n} and {@code \r}, other control
 * characters and Unicode's line separators {@code \}{@code uXXXX}. Other texts stay as they are.
 */
public final class TsvField {
    private static final int HEX_DIGITS = 4;

    private TsvField() {}

    /** As it stands in the table. */
    public static String escape(String text) {
        StringBuilder escaped = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (escaped == null && needsEscape(c)) {
                escaped = new StringBuilder(text.length() + HEX_DIGITS).append(text, 0, i);
            }
            if (escaped != null) {
                append(escaped, c);
            }
        }
        return escaped == null ? text : escaped.toString();
    }

    /**
     * For people: on one line, and nothing that a terminal would obey. Backslashes stay single, so
     * that a name that is written with some can be copied.
     */
    public static String readable(String text) {
        var readable = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                readable.append(c);
            } else {
                append(readable, c);
            }
        }
        return readable.toString();
    }

    /**
     * What was written so.
     *
     * @throws RefusedInput if a backslash stands before anything else
     */
    public static String unescape(String field) {
        if (field.indexOf('\\') < 0) {
            return field;
        }
        var text = new StringBuilder(field.length());
        for (int i = 0; i < field.length(); i++) {
            char c = field.charAt(i);
            if (c != '\\') {
                text.append(c);
                continue;
            }
            i++;
            char mark = i < field.length() ? field.charAt(i) : ' ';
            switch (mark) {
                case '\\' -> text.append('\\');
                case 't' -> text.append('\t');
                case 'n' -> text.append('\n');
                case 'r' -> text.append('\r');
                case 'u' -> {
                    text.append(code(field, i + 1));
                    i += HEX_DIGITS;
                }
                default ->
                        throw new RefusedInput(
                                "'%s' has a backslash that escapes nothing: write \\\\ for a backslash, \\t for a tab, \\n for a line feed"
                                        .formatted(field));
            }
        }
        return text.toString();
    }

    private static char code(String field, int from) {
        try {
            return (char) HexFormat.fromHexDigits(field, from, from + HEX_DIGITS);
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            throw new RefusedInput(
                    "'%s' has \\u without four hexadecimal digits: write \\\\u for a backslash and a u"
                            .formatted(field),
                    e);
        }
    }

    private static boolean needsEscape(char c) {
        return c == '\\' || Character.isISOControl(c) || c == '\u2028' || c == '\u2029';
    }

    private static void append(StringBuilder escaped, char c) {
        switch (c) {
            case '\\' -> escaped.append("\\\\");
            case '\t' -> escaped.append("\\t");
            case '\n' -> escaped.append("\\n");
            case '\r' -> escaped.append("\\r");
            default -> {
                if (needsEscape(c)) {
                    escaped.append(String.format("\\u%04x", (int) c));
                } else {
                    escaped.append(c);
                }
            }
        }
    }
}
