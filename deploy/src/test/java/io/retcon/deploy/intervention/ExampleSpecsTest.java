package io.retcon.deploy.intervention;

import static org.assertj.core.api.Assertions.assertThat;

import io.retcon.retrainer.external.ExternalTrainers;
import io.retcon.schemas.spec.SpecReader;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The specs that users are given to start from, and the file of trainers. */
class ExampleSpecsTest {
    private static final Path EXAMPLES = Path.of("examples");
    private static final Path TRAINERS = EXAMPLES.resolve("olmo").resolve("trainers.yaml");

    static List<Path> specs() throws IOException {
        try (var files = Files.walk(EXAMPLES)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .filter(file -> !file.equals(TRAINERS))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("specs")
    void everyExampleIsAccepted(Path file) throws IOException {
        // When
        var spec = new SpecReader().read(Files.readString(file));
        // Then
        assertThat(spec.arms()).contains("control", "treated");
        assertThat(spec.window().getTo()).isGreaterThan(spec.window().getFrom());
    }

    @Test
    void theTrainerOfTheExampleIsOneThatSpecsMayName() {
        // When
        var trainers = ExternalTrainers.read(TRAINERS);
        // Then
        assertThat(trainers.of(List.of("olmo2-1b")).command()).contains("{config}", "{out}");
    }
}
