package io.retcon.deploy.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

class JsonLogTest {
    private static JsonNode written(String message, Throwable failure) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var stream = new PrintStream(out, true, StandardCharsets.UTF_8)) {
            JsonLog.write(stream, Instant.EPOCH, "WARN", "io.retcon.X", message, failure);
        }
        assertThat(out.toString(StandardCharsets.UTF_8)).hasLineCount(1);
        return new ObjectMapper().readTree(out.toByteArray());
    }

    @Test
    void aLineNamesTheInterventionItIsAbout() throws IOException {
        // When
        var line = written("intervention 0123456789abcdef: its effects are there", null);
        // Then
        assertThat(line.path("time").asText()).isEqualTo("1970-01-01T00:00:00Z");
        assertThat(line.path("level").asText()).isEqualTo("WARN");
        assertThat(line.path("intervention").asText()).isEqualTo("0123456789abcdef");
        assertThat(line.has("failure")).isFalse();
    }

    @Test
    void aFailureStaysOnItsLine() throws IOException {
        // When
        var line = written("two\nlines", new IllegalStateException("why"));
        // Then
        assertThat(line.path("message").asText()).isEqualTo("two\nlines");
        assertThat(line.path("failure").asText()).contains("IllegalStateException: why", "\tat ");
        assertThat(line.has("intervention")).isFalse();
    }

    @Test
    void librariesAreHeardAsTheyAreInText() {
        // Given
        var loggers = new JsonLoggers();
        // Then
        assertThat(loggers.getLogger("org.apache.kafka.clients.Metadata").isInfoEnabled())
                .isFalse();
        assertThat(loggers.getLogger("org.apache.kafka.clients.Metadata").isWarnEnabled()).isTrue();
        assertThat(loggers.getLogger("org.apache.kafka.streams.KafkaStreams").isInfoEnabled())
                .isTrue();
        assertThat(loggers.getLogger("io.retcon.X").isDebugEnabled()).isFalse();
    }
}
