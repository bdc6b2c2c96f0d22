package io.retcon.schemas.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retcon.schemas.RefusedInput;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

class StandingSpecTest {
    private static final String SAMPLE =
            """
            trigger: on-checkpoint
            budget: 12
            name: n
            run: r
            select: { benchmark: b, rule: learned-at }
            match: { matcher: cooccurrence }
            operate: [{ operation: swap }, { operation: mask }]
            """;

    private final SpecReader reader = new SpecReader();

    @Test
    void theCanonicalFormIsReadAsTheSame() {
        // Given
        var spec = reader.readStanding(SAMPLE).orElseThrow().pinnedAfter(70);
        // When
        var again = reader.readStanding(spec.published().getSpec()).orElseThrow();
        // Then
        assertThat(again.published()).isEqualTo(spec.published());
        assertThat(again.pinnedAfter(90).after()).isEqualTo(70);
        var place = new StandingSpec.Place(10, 20, 35, List.of(10L, 20L, 35L));
        assertThat(again.at(place)).isEqualTo(spec.at(place));
        assertThat(((SwapSpec) again.at(place).operate().getFirst()).donors().to()).isEqualTo(35);
    }

    @Test
    void aNameLeavesRoomForTheCheckpointsStep() {
        // Given
        var name = "n".repeat(175);
        // When, Then
        var named = SAMPLE.replaceFirst("name: +\\S+", "name: " + name);
        var place = new StandingSpec.Place(10, 20, 35, List.of(10L, 20L, 35L));
        assertThat(reader.readStanding(named).orElseThrow().at(place).name())
                .isEqualTo(name + "@20");
        assertThatThrownBy(() -> reader.readStanding(named.replace(name, name + "n")))
                .isInstanceOf(RefusedInput.class)
                .hasMessageContaining("'name' is longer than 175 characters");
    }

    @Test
    void aSpecThatDoesNotStandIsNone() {
        assertThat(reader.readStanding("name: n")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    budget: 12           |                            | line 1, column 1: a spec that stands needs 'budget'
                    budget: 12           | budget: many               | line 2, column 1: a spec that stands needs 'budget'
                    budget: 12           | budget: 12, window: {}     | not YAML
                    rule: learned-at     | rule: learned-at, step: 3  | line 5, column 43: each checkpoint that sets
                    { operation: swap }  | { operation: swap, donors: { from: 1, to: 2 } } | line 7, column 30: each checkpoint
                    rule: learned-at     | rule: learned              | line 5, column 25: 'select.rule'
                    """)
    void aFaultIsNamedWithItsPlaceAndItsMend(String good, String bad, String sentence) {
        // Given
        var text = SAMPLE.replace(good.strip(), bad == null ? "" : bad.strip());
        // When, Then
        assertThatThrownBy(() -> reader.readStanding(text))
                .isInstanceOf(RefusedInput.class)
                .hasMessageContaining(sentence.strip());
    }

    @Test
    void itCanNeitherBePlannedNorRunOnce() {
        assertThatThrownBy(() -> reader.read(SAMPLE))
                .isInstanceOf(RefusedInput.class)
                .hasMessageContaining("line 1, column 1: 'trigger' belongs to a spec");
    }
}
