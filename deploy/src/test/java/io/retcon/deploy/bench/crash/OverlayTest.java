package io.retcon.deploy.bench.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.retcon.deploy.bench.crash.Overlay.ArmOverlay;

import org.junit.jupiter.api.Test;

import java.util.Map;
import java.util.TreeMap;

class OverlayTest {
    private static final ArmOverlay ARM = new ArmOverlay(10, 12, 3, 4, "abc");

    @Test
    void aSequenceWrittenTwiceIsADifference() {
        // Given
        var undisturbed = overlay("i treated", ARM, 20);
        var twice = new ArmOverlay(11, 13, 3, 4, "abd");
        // When
        var differences = overlay("i treated", twice, 21).differences(undisturbed);
        // Then
        assertThat(differences).hasSize(2);
        assertThat(differences.getFirst()).startsWith("i treated: ").contains("abd", "abc");
    }

    @Test
    void anArmThatIsMissingIsADifference() {
        // Given
        var undisturbed = overlay("i treated", ARM, 20);
        // When
        var differences = overlay("i placebo", ARM, 20).differences(undisturbed);
        // Then
        assertThat(differences).hasSize(2);
    }

    @Test
    void equalOnesDoNotDiffer() {
        // Given
        var undisturbed = overlay("i treated", ARM, 20);
        // When
        var differences = overlay("i treated", ARM, 20).differences(undisturbed);
        // Then
        assertThat(differences).isEmpty();
    }

    private static Overlay overlay(String arm, ArmOverlay overlay, long records) {
        return new Overlay(
                new TreeMap<>(Map.of(arm, overlay)),
                new TreeMap<>(Map.of("retcon.rewrites", records)));
    }
}
