package io.retcon.schemas.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.item.ItemName;
import io.retcon.schemas.testing.SeededTest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.HashSet;
import java.util.Optional;
import java.util.Random;

class TsvFieldTest {
    private static final String LETTERS = "ab\\:tnru0\t\n\r\0\u001b\u0085\u2028é東 |/";

    @SeededTest(tries = 500)
    void anyNameComesBackAndStaysOnItsLine(Random random) {
        // Given
        var names = new HashSet<ItemName>();
        for (int i = 0; i < 40; i++) {
            names.add(
                    new ItemName(
                            random.nextBoolean() ? Optional.of(text(random)) : Optional.empty(),
                            text(random)));
        }
        // When
        var written = new HashSet<String>();
        names.forEach(name -> written.add(name.written()));
        // Then
        assertThat(written)
                .hasSameSizeAs(names)
                .noneMatch(w -> w.matches("(?s).*[\\t\\n\\r\\x00].*"));
        assertThat(written.stream().map(ItemName::parse))
                .containsExactlyInAnyOrderElementsOf(names);
    }

    @Test
    void ordinaryNamesStayAsTheyAre() {
        // Given
        var name = "https://example.org/a b?c=d&e#f|g:h/é東京\u00a0%25";
        // When, Then
        assertThat(TsvField.escape(name)).isEqualTo(name);
        assertThat(new ItemName(Optional.empty(), name).written()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\\", "a\\x", "\\u12", "\\uzzzz", "\\u-001"})
    void aBackslashThatEscapesNothingIsRefused(String field) {
        // When, Then
        assertThatThrownBy(() -> TsvField.unescape(field))
                .isInstanceOf(RefusedInput.class)
                .hasMessageContaining("write \\\\");
    }

    private static String text(Random random) {
        var text = new StringBuilder();
        for (int length = 1 + random.nextInt(5); length > 0; length--) {
            text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return text.toString();
    }

    @Test
    void whatPeopleReadStaysOnItsLineAndCanBeCopied() {
        // Given
        var name = "px/p19\\:1\u001b[31m\n\u2028X";

        // When
        var readable = TsvField.readable(name);

        // Then
        assertThat(readable).isEqualTo("px/p19\\:1\\u001b[31m\\n\\u2028X");
    }
}
