package io.retcon.deploy.bench.truth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

import java.util.Map;

class DirectCountTest {
    @Test
    void differencesArePairedByReplicate() {
        // Given
        var right =
                Map.of(
                        "control", Map.of(3, 10, 4, 8, 5, 9),
                        "treated", Map.of(3, 2, 4, 4, 7, 0));
        // When
        var difference = new DirectCount(right, 10).difference("treated", "control");
        // Then
        assertThat(difference.replicates()).isEqualTo(2);
        assertThat(difference.mean()).isCloseTo((-0.8 - 0.4) / 2, within(1e-12));
        assertThat(difference.error()).isCloseTo(0.2, within(1e-12)); // 0.2828 over the root of 2
    }
}
