package io.retcon.indexer.bm25;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;

class FinalSigmaTest {
    /** Right values: CPython 3.11's {@code str.lower}. */
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "ΑΣ, ας",
                "ΑΣ_, ας_",
                "ΑΣ_α, ας_α",
                "_Σ, _σ",
                "Α_Σ, α_σ",
                "ΑΣα, ασα",
                "ΑΣ.α, ασ.α",
                "ΑΣ. , ας.",
                "ΑΣ:Α, ασ:α",
                "ΑΣ-Α, ας-α",
                "Α\u0301Σ\u0301, α\u0301ς\u0301",
                "ʰΣ, ʰσ",
                "1Σ, 1σ",
                "ΑΣ1, ας1",
                "ΑΣʰ, αςʰ",
                "ΑΣ\u2019Α, ασ\u2019α",
                "İΣ, i\u0307ς"
            })
    void sigmaIsLowerCasedAsPythonDoes(String text, String expected) {
        // Given
        var lower = new LowerCase();
        // When
        int length = lower.read(text.getBytes(StandardCharsets.UTF_8));
        // Then
        assertThat(new String(lower.text(), 0, length, StandardCharsets.UTF_8)).isEqualTo(expected);
        assertThat(SpelledLowerCase.of(text)).isEqualTo(expected);
    }
}
