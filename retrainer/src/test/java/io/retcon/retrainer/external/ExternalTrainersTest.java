package io.retcon.retrainer.external;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retcon.schemas.RefusedInput;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

class ExternalTrainersTest {
    private static final Path FILE = Path.of("/etc/retcon/trainers.yaml");

    @Test
    void aSpecNamesATrainerOrSaysItWordForWord() {
        // Given
        var trainers =
                ExternalTrainers.parse(
                        """
                        olmo:
                          command: [torchrun, --nproc-per-node=8, train.py, "{config}"]
                          timeout: 36h
                          retries: 2
                          config: olmo2-1b.yaml
                          load_path: "/checkpoints/step{from}-unsharded"
                        other: { command: [other] }
                        """,
                        FILE);
        // When
        var olmo = trainers.of(List.of("olmo"));
        // Then
        assertThat(trainers.of(olmo.command())).isSameAs(olmo);
        assertThat(olmo.timeout()).isEqualTo(Duration.ofHours(36));
        assertThat(olmo.retries()).isEqualTo(2);
        assertThat(olmo.config()).contains(Path.of("/etc/retcon/olmo2-1b.yaml"));
        assertThat(olmo.wantsConfig()).isTrue();
        assertThat(olmo.commandLine(new Places(Map.of("config", "/w/c.yaml"))))
                .containsExactly("torchrun", "--nproc-per-node=8", "train.py", "/w/c.yaml");
        for (var foreign :
                List.of(List.of("rm", "-rf", "/"), List.of("olmo", "--more"), List.<String>of())) {
            assertThatThrownBy(() -> trainers.of(foreign))
                    .isInstanceOf(RefusedInput.class)
                    .hasMessage(
                            "the operator allows no trainer %s: say one of [olmo, other]"
                                    .formatted(foreign));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "[] | it names no trainer",
                "a: | trainer 'a': 'command' is missing",
                "a: { command: x } | 'command' must be a list",
                "a: { command: [] } | 'command' must be a list",
                "a: { command: [x, '{outs}'] } | {outs} is none of [checkpoint",
                "a: { command: [x], timeout: 1d } | 'timeout' is '1d': say 90s, 30m or 24h",
                "a: { command: [x], retries: -1 } | 'retries' is -1: say 0 to 100",
                "a: { command: [x], retry: 1 } | 'retry' is none of [command",
                "'a b': { command: [x] } | a name has letters",
                "a: [ | not YAML"
            })
    void whatIsWrongIsSaid(String yaml, String sentence) {
        // When, Then
        assertThatThrownBy(() -> ExternalTrainers.parse(yaml, FILE))
                .isInstanceOf(RefusedInput.class)
                .hasMessageStartingWith("/etc/retcon/trainers.yaml: ")
                .hasMessageContaining(sentence);
    }
}
