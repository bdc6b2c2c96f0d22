package io.retcon.schemas.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retcon.schemas.RefusedInput;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FactorialSpecTest {
    private static final String SPEC =
            """
            name: several
            run: r
            design: factorial
            select:   { benchmark: pararel/, rule: learned-at, step: 3000 }
            factors:
              - { name: capitals, select: { benchmark: pararel/p36 } }
              - { name: births, select: { benchmark: pararel/p19, sample: 20 } }
              - { name: these, select: { rule: list, items: [a, b] } }
            window:   { from: 2500, to: 3000 }
            match:    { matcher: cooccurrence }
            operate:  { operation: swap }
            """;

    private final SpecReader reader = new SpecReader();

    @Test
    void factorsTakeOverWhatTheyDoNotSay() {
        // When
        var spec = reader.read(SPEC);
        // Then
        assertThat(spec.arms()).hasSize(8).startsWith("control", "on-001", "on-010");
        assertThat(spec.retrain().getReplicates()).isEqualTo(1);
        var factors = spec.factors();
        assertThat(factors).extracting("name").containsExactly("capitals", "births", "these");
        assertThat(factors.get(0).getSelect().getStep()).contains(3000L);
        assertThat(factors.get(1).getSelect().getSample()).contains(20);
        assertThat(factors.get(2).getSelect().getRule()).isEqualTo("list");
        assertThat(factors.get(2).getSelect().getStep()).isEmpty();
        assertThat(factors.get(2).getSelect().getBenchmark()).isEqualTo("pararel/");
    }

    @Test
    void theCanonicalFormIsReadAsTheSame() {
        // Given
        var spec = reader.read(SPEC.replace("window: ", "runs: 4\nwindow: "));
        // When
        var text = new SpecText(spec);
        // Then
        assertThat(spec.arms()).hasSize(4);
        assertThat(reader.read(text.yaml())).isEqualTo(spec);
        assertThat(new SpecText(reader.read(text.yaml())).id()).isEqualTo(text.id());
    }

    @Test
    void withoutASelectOfItsOwnTheSpecIsAboutWhatIsAroundTheFactors() {
        // When
        var spec =
                reader.read(
                        SPEC.replaceAll("(?m)^select.*\n", "")
                                .replaceAll("(p36|p19)", "$1, rule: all")
                                .replace("rule: list", "benchmark: pararel/p1/x, rule: list"));
        // Then
        assertThat(spec.select().getBenchmark()).isEqualTo("pararel/");
        assertThat(reader.read(new SpecText(spec).yaml())).isEqualTo(spec);
    }

    @Test
    void twoFactorsAreRetrainedTwiceInEachRow() {
        // When
        var spec = reader.read(SPEC.replaceAll("(?m)^  - \\{ name: these.*\n", ""));
        // Then
        assertThat(spec.arms()).containsExactly("control", "on-01", "on-10", "on-11");
        assertThat(spec.retrain().getReplicates()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    design: factorial | seed: 1 | line 5, column 1: 'factors' needs 'design: factorial': add it
                    name: births | name: capitals | line 7, column 7: two factors are called 'capitals': give this one another name
                    window: | arms: [control]\\nwindow: | line 9, column 1: a factorial design makes its own arms
                    window: | dose: [0.5]\\nwindow: | line 9, column 1: a factor is on or off
                    window: | runs: 3\\nwindow: | line 9, column 1: 'runs'
                    window: | runs: 6\\nwindow: | line 9, column 1: 6 runs for 3 factors: take a multiple of four
                    window: | runs: 16\\nwindow: | line 9, column 1: 16 runs for 3 factors, which have 8 combinations
                    operation: swap | operation: drop | line 11, column 13: operation drop fills
                    operation: swap | operation: swap, choose: matching | line 11, column 30: a swap of matching donors
                    pararel/p19 | mmlu/x | line 7, column 31: benchmark 'mmlu/x' is outside 'pararel/'
                    rule: list, items: [a, b] | rule: forgotten-at | line 8, column 20: rule forgotten-at needs 'step': add it
                    name: births | name: a*b | line 7, column 7: 'factors.1.name'
                    """)
    void faultsAreRefusedByNameWithTheirPlace(String correct, String fault, String message) {
        // Given
        var yaml = SPEC.replaceFirst(correct.replace("[", "\\["), fault.replace("\\n", "\n"));
        // When / Then
        assertThatThrownBy(() -> reader.read(yaml))
                .isInstanceOf(RefusedInput.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void oneFactorIsRefused() {
        // Given
        var yaml = SPEC.replaceAll("(?m)^  - \\{ name: (these|births).*\n", "");
        // When / Then
        assertThatThrownBy(() -> reader.read(yaml))
                .isInstanceOf(RefusedInput.class)
                .hasMessageStartingWith("line 5, column 1: 'factors' ");
    }

    @Test
    void aSpecWithNeitherSelectNorFactorsLacksSelect() {
        // Given
        var yaml = SpecReaderTest.SAMPLE.replaceAll("(?m)^select.*\n", "");
        // When / Then
        assertThatThrownBy(() -> reader.read(yaml))
                .isInstanceOf(RefusedInput.class)
                .hasMessageContaining("lacks 'select': add it");
    }
}
