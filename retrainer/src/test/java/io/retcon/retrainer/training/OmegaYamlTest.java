package io.retcon.retrainer.training;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retcon.schemas.RefusedInput;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OmegaYamlTest {
    @ParameterizedTest
    @ValueSource(strings = {"", " \n  \n", "# only\n# comments\n", "---\n"})
    void blanksAndCommentsAreNoConfig(String text) {
        // When / Then
        assertThatThrownBy(() -> OmegaYaml.read(text, "config.yaml"))
                .isInstanceOf(RefusedInput.class)
                .hasMessage(
                        "config.yaml: it holds blanks or comments and no field: give the file that"
                                + " the run wrote");
    }

    @Test
    void aTabIsNamedWithItsPlaceAndItsMend() {
        // When / Then
        assertThatThrownBy(() -> OmegaYaml.read("model:\n\td_model: 8\n", "config.yaml"))
                .isInstanceOf(RefusedInput.class)
                .hasMessage(
                        "config.yaml: line 2, column 1: a tab stands where YAML takes none: put"
                                + " blanks there");
    }
}
