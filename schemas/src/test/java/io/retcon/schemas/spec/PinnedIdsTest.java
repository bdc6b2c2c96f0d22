package io.retcon.schemas.spec;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

/**
 * Specs of every matcher and operation keep the ids that they had before their parts were types
 * (pinned.yaml, each below its id).
 */
class PinnedIdsTest {
    @ParameterizedTest
    @MethodSource("pinned")
    void aSpecKeepsItsId(String spec) {
        // Given
        var id = spec.substring("# ".length(), spec.indexOf('\n'));
        // When
        var text = new SpecText(new SpecReader().read(spec));
        // Then
        assertThat(text.id()).isEqualTo(id);
        assertThat(new SpecReader().read(text.yaml())).isEqualTo(text.spec());
    }

    static Stream<String> pinned() throws IOException {
        try (var in = PinnedIdsTest.class.getResourceAsStream("pinned.yaml")) {
            return Stream.of(new String(in.readAllBytes(), StandardCharsets.UTF_8).split("---\n"));
        }
    }
}
