package io.retcon.deploy.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retcon.schemas.RefusedInput;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

class ClientPropertiesTest {
    @TempDir Path folder;

    private Path file(String content) throws IOException {
        return Files.writeString(folder.resolve("client.properties"), content);
    }

    @Test
    void aFileIsReadAsKafkasOwnToolsReadIt() throws IOException {
        // Given
        var file =
                file(
                        """
                        # How to reach the cluster \\
                        security.protocol = SASL_PLAINTEXT
                        sasl.mechanism: SCRAM-SHA-512
                        sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required \\
                            username="a" \\
                            password="b=c";

                        schema.registry.url=http://127.0.0.1:8081
                        """);
        // When
        var properties = ClientProperties.read(file);
        // Then
        assertThat(properties)
                .isEqualTo(
                        Map.of(
                                "security.protocol",
                                "SASL_PLAINTEXT",
                                "sasl.mechanism",
                                "SCRAM-SHA-512",
                                "sasl.jaas.config",
                                "org.apache.kafka.common.security.scram.ScramLoginModule required"
                                        + " username=\"a\" password=\"b=c\";",
                                "schema.registry.url",
                                "http://127.0.0.1:8081"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    security.protocl=SSL                  | line 2: 'security.protocl' is no property that all Kafka clients have, did you mean security.protocol?
                    group.id=mine                         | line 2: 'group.id' is no property that all Kafka clients have
                    security.protocol                     | line 2: 'security.protocol' has no value: write security.protocol=
                    security.protocol=SASLSSL             | line 2: Invalid value SASLSSL for configuration security.protocol
                    client.id=\\u12                       | line 2: Malformed \\uxxxx encoding
                    request.timeout.ms=soon               | line 2: Invalid value soon for configuration request.timeout.ms
                    """)
    void whatNoClientCanUseIsRefusedWithItsLine(String line, String reason) throws IOException {
        // Given
        var file = file("# a comment\n" + line + "\n");
        // When
        assertThatThrownBy(() -> ClientProperties.read(file))
                // Then
                .isInstanceOf(RefusedInput.class)
                .hasMessageStartingWith(file + ", ")
                .hasMessageContaining(reason);
    }

    @Test
    void aStoreThatIsNotThereIsRefused() throws IOException {
        // Given
        var file = file("security.protocol=SSL\nssl.truststore.location=/nowhere/store.p12\n");
        // When
        assertThatThrownBy(() -> ClientProperties.read(file))
                // Then
                .isInstanceOf(RefusedInput.class)
                .hasMessageContaining("line 2: ")
                .hasMessageContaining("/nowhere/store.p12");
    }

    @Test
    void aLoginThatIsNoneIsRefused() throws IOException {
        // Given
        var file =
                file(
                        """
                        security.protocol=SASL_PLAINTEXT
                        sasl.mechanism=SCRAM-SHA-512
                        sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required username="a"
                        """);
        // When
        assertThatThrownBy(() -> ClientProperties.read(file))
                // Then
                .isInstanceOf(RefusedInput.class)
                .hasMessageContaining("line 3: ")
                .hasMessageContaining("semi-colon");
    }

    @Test
    void aFileThatIsNotThereIsRefused() {
        // Given
        var file = folder.resolve("none");
        // When
        assertThatThrownBy(() -> ClientProperties.read(file))
                // Then
                .isInstanceOf(RefusedInput.class)
                .hasMessageContaining("--client-properties");
    }
}
