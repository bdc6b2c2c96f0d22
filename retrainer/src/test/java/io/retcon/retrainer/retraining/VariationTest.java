package io.retcon.retrainer.retraining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.history.Window;

import org.junit.jupiter.api.Test;

import java.util.stream.LongStream;

class VariationTest {
    private static final Window WINDOW = new Window(50, 150);

    @Test
    void orderIsASeededPermutation() {
        // When
        var one = Variation.of("order", 1).order(WINDOW);
        var again = Variation.of("order", 1).order(WINDOW);
        var other = Variation.of("order", 2).order(WINDOW);
        // Then
        assertThat(one).containsExactly(again).isNotEqualTo(other);
        assertThat(LongStream.of(one).sorted()).containsExactly(inOrder());
        assertThat(one).isNotEqualTo(LongStream.range(50, 150).toArray());
    }

    @Test
    void jitterKeepsTheOrder() {
        // When, Then
        assertThat(Variation.of("jitter", 1).order(WINDOW))
                .isEqualTo(LongStream.range(50, 150).toArray());
    }

    @Test
    void unknownVariationsAreRefused() {
        // When, Then
        assertThatThrownBy(() -> Variation.of("dropout", 1))
                .isInstanceOf(RefusedInput.class)
                .hasMessage("vary 'dropout' is none of order, jitter");
    }

    private static Long[] inOrder() {
        return LongStream.range(50, 150).boxed().toArray(Long[]::new);
    }
}
