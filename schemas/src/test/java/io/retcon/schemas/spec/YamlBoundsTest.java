package io.retcon.schemas.spec;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.testing.SeededTest;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Random;

@Timeout(20)
class YamlBoundsTest {
    private final SpecReader specs = new SpecReader();

    @ParameterizedTest
    @CsvSource({
        "bomb, 'line 9, column 14'",
        "flow, 'line 1, column 65'",
        "map, 'line 1, column 257'",
        "block, 'line 65, column 65'",
        "json, 'line 1, column 321'",
        "wide, 'line 2, column 2097157'",
        "repeated, 'line 2, column '",
        "chain, 'line 64, column '",
        "itself, 'line 1, column 1'",
        "merge, 'line 2, column 4'",
        "twice, 'line 2, column 1'",
        "name, 'line 1, column 3'",
        "half, 'line 2, column 3'",
        "long, 'line 1, column 8388609'"
    })
    void aBombIsRefusedAtItsPlace(String kind, String place) {
        // Given
        var text = bomb(kind);
        // When / Then
        assertThatThrownBy(() -> specs.read(text))
                .isInstanceOf(RefusedInput.class)
                .hasMessageStartingWith(place);
        assertThatThrownBy(() -> specs.readStanding(text)).isInstanceOf(RefusedInput.class);
        assertThatThrownBy(() -> specs.readSeveral(text)).isInstanceOf(RefusedInput.class);
    }

    @SeededTest(tries = 300)
    void noTextEndsInAnythingButARefusal(Random random) {
        // Given
        var text = new StringBuilder();
        var parts =
                new String[] {
                    "[",
                    "{",
                    "]",
                    "}",
                    ": ",
                    "- ",
                    "\n",
                    "  ",
                    "&a ",
                    "*a ",
                    "&b ",
                    "*b ",
                    "<<: ",
                    "? ",
                    "name: n\n",
                    "run: r\n",
                    "select: ",
                    "\"",
                    "'",
                    "|\n",
                    "1e999",
                    "-0x7F",
                    "!!int ",
                    "\0",
                    "\uD800",
                    "😀",
                    ".nan",
                    "9".repeat(50),
                    "%YAML 1.1\n---\n",
                    "---\n",
                    "#",
                    ","
                };
        for (int i = random.nextInt(200); i >= 0; i--) {
            var part = parts[random.nextInt(parts.length)];
            text.append(part.repeat(random.nextInt(8) == 0 ? random.nextInt(300) : 1));
        }
        // When / Then
        assertThatThrownBy(() -> specs.read(text.toString())).isInstanceOf(RefusedInput.class);
    }

    private static String bomb(String kind) {
        return switch (kind) {
            case "bomb" -> {
                var text = new StringBuilder("b0: &b0 [" + "x,".repeat(255) + "x]\n");
                for (int i = 1; i <= 16; i++) {
                    text.append(
                            "b%d: &b%d [*b%d,*b%d,*b%d]\n".formatted(i, i, i - 1, i - 1, i - 1));
                }
                yield text.toString();
            }
            case "flow" -> "[".repeat(20_000);
            case "map" -> "{a: ".repeat(20_000);
            case "block" -> {
                var text = new StringBuilder();
                for (int i = 0; i < 500; i++) {
                    text.append(" ".repeat(i)).append("a:\n");
                }
                yield text.toString();
            }
            case "json" -> "{\"a\":".repeat(20_000);
            case "wide" -> "name: n\nrun: [" + "1,".repeat(4_100_000) + "1]";
            case "repeated" ->
                    "name: &a " + "x".repeat(100_000) + "\nrun: [" + "*a,".repeat(700) + "*a]";
            case "chain" -> {
                var text = new StringBuilder("a0: &a0 [x]\n");
                for (int i = 1; i < 500; i++) {
                    text.append("a%d: &a%d [*a%d]\n".formatted(i, i, i - 1));
                }
                yield text.toString();
            }
            case "itself" -> "name: &a [*a]\n";
            case "merge" -> "name: &a { x: 1 }\n?  <<\n: *a\n";
            case "twice" -> "name: n\nname: m\n";
            case "name" -> "? " + "x".repeat(5000) + "\n: 1\n";
            case "half" -> "a: 1\nb:\uDC00";
            case "long" -> "#".repeat(9_000_000);
            default -> throw new IllegalArgumentException(kind);
        };
    }
}
