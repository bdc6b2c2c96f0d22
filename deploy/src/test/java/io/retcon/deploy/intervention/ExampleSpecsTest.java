package io.retcon.deploy.intervention;

import static org.assertj.core.api.Assertions.assertThat;

import io.retcon.streams.validation.SpecReader;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The specs that users are given to start from. */
class ExampleSpecsTest {
    static List<Path> specs() throws IOException {
        try (var files = Files.walk(Path.of("examples"))) {
            return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("specs")
    void everyExampleIsAccepted(Path file) throws IOException {
        // When
        var spec = new SpecReader().read(Files.readString(file));
        // Then
        assertThat(spec.getArms()).contains("control", "treated");
        assertThat(spec.getWindow().getTo()).isGreaterThan(spec.getWindow().getFrom());
    }
}
