package io.retcon.streams.selection;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.TreeMap;

class LearnedAtTest {
    @ParameterizedTest
    @CsvSource({
        "00111, 2, true",
        "00111, 3, false", // Right before.
        "00111, 1, false", // Wrong at it.
        "01011, 3, false", // Right once before.
        "00101, 2, false", // Wrong once later.
        "00001, 4, false", // No later checkpoint.
        "11111, 0, true",
    })
    void wrongBeforeRightFromThenOn(String right, long step, boolean learned) {
        // Given
        var outcomes = new TreeMap<Long, Boolean>();
        for (int i = 0; i < right.length(); i++) {
            outcomes.put((long) i, right.charAt(i) == '1');
        }
        // When
        boolean holds = new LearnedAt(step).holds(outcomes);
        // Then
        assertThat(holds).isEqualTo(learned);
    }
}
