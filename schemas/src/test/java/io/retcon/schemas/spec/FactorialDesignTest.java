package io.retcon.schemas.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retcon.schemas.RefusedInput;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.stream.IntStream;

class FactorialDesignTest {
    @Test
    void everyDesignIsBalancedInFactorsAndPairsAndBeginsWithTheControl() {
        for (int factors : new int[] {2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 13, 16, 19, 23, 31, 32, 47}) {
            for (int runs = 4; runs <= FactorialDesign.MOST_RUNS; runs += 4) {
                var design = design(factors, runs);
                if (design == null) {
                    continue;
                }
                assertThat(design.rows()).doesNotHaveDuplicates().hasSize(runs);
                assertThat(design.arms().getFirst()).isEqualTo(Arm.CONTROL);
                for (int a = 0; a < factors; a++) {
                    for (int b = 0; b < factors; b++) {
                        assertThat(together(design, a, b))
                                .as("factors %d and %d of %d in %d runs", a, b, factors, runs)
                                .isEqualTo(a == b ? runs / 2 : runs / 4);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5, 8, 9, 12, 16, 17, 24, 32})
    void byDefaultNoEffectHoldsAnInteractionOfTwo(int factors) {
        // When
        var design = FactorialDesign.of(factors, FactorialDesign.runs(factors));
        // Then
        assertThat(IntStream.range(0, factors).mapToObj(design::aliases)).containsOnly(List.of());
        assertThat(design.interactions()).isNotEmpty();
    }

    @Test
    void aFullFactorialTellsEveryInteraction() {
        // When
        var design = FactorialDesign.of(4, 16);
        // Then
        assertThat(design.interactions()).hasSize(6);
        for (var pair : design.interactions()) {
            assertThat(design.aliases(pair)).isEmpty();
        }
    }

    @Test
    void eightFactorsInSixteenRunsLeaveSevenStringsOfFourInteractions() {
        // When
        var design = FactorialDesign.of(8, 16);
        // Then
        assertThat(design.interactions()).hasSize(7);
        for (var pair : design.interactions()) {
            assertThat(design.aliases(pair)).hasSize(3);
            assertThat(design.aliases(pair))
                    .extracting(FactorialDesign.Alias::share)
                    .containsOnly(1.0);
        }
    }

    @Test
    void fewerRunsMixEffectsUpWithInteractionsAndSayWithWhich() {
        // When
        var design = FactorialDesign.of(8, 12);
        // Then
        assertThat(design.interactions()).isEmpty();
        assertThat(design.aliases(0)).isNotEmpty();
        assertThat(design.aliases(0))
                .allSatisfy(
                        alias -> {
                            assertThat(alias.pair().first()).isNotZero();
                            assertThat(alias.share()).isBetween(0.3, 0.34);
                        });
    }

    @Test
    void theArmsSayTheDesign() {
        // Given
        var design = FactorialDesign.of(5, 16);
        // When
        var again = FactorialDesign.ofArms(design.arms().stream().map(Arm::label).toList());
        // Then
        assertThat(again).isEqualTo(design);
    }

    @ParameterizedTest
    @CsvSource({
        "2, 6, multiple of four above the number of factors",
        "8, 8, multiple of four above the number of factors",
        "2, 8, more 'replicates'",
        "8, 52, take 56",
        "8, 68, take fewer"
    })
    void whatCannotBeMadeIsRefusedWithTheMend(int factors, int runs, String mend) {
        assertThatThrownBy(() -> FactorialDesign.of(factors, runs))
                .isInstanceOf(RefusedInput.class)
                .hasMessageContaining(mend);
    }

    @Test
    void theSavingIsThatOfEqualVariances() {
        // When
        var saving = FactorialDesign.of(8, 16).saving(1);
        // Then: 4σ²/16 = 2σ²/8
        assertThat(saving.replicates()).isEqualTo(8);
        assertThat(saving.oneByOne()).isEqualTo(128);
        assertThat(saving.withSharedControl()).isEqualTo(72);
    }

    private static FactorialDesign design(int factors, int runs) {
        try {
            return FactorialDesign.of(factors, runs);
        } catch (RefusedInput notMade) {
            return null;
        }
    }

    private static long together(FactorialDesign design, int a, int b) {
        return IntStream.range(0, design.rows().size())
                .filter(row -> design.isOn(row, a) && design.isOn(row, b))
                .count();
    }
}
