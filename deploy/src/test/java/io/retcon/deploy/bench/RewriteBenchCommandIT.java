package io.retcon.deploy.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.junit.jupiter.api.Test;

import picocli.CommandLine;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;

class RewriteBenchCommandIT {
    @Test
    void aMeasurementIsALineOfJson() throws IOException {
        // Given
        var out = new StringWriter();
        var command = new CommandLine(new RewriteBenchCommand()).setOut(new PrintWriter(out));
        // When
        int code =
                command.execute(
                        "--sequences=64",
                        "--tokens=64",
                        "--targets=100",
                        "--donors=1000",
                        "--rounds=1",
                        "--no-peer",
                        "--output=json");
        // Then
        assertThat(code).isZero();
        var lines = new ArrayList<JsonNode>();
        for (var line : out.toString().lines().toList()) {
            lines.add(new ObjectMapper().readTree(line));
        }
        assertThat(lines)
                .extracting(line -> line.path("name").textValue())
                .containsExactly(
                        "rewrite/overlay",
                        "rewrite/files",
                        "rewrite/pairing",
                        "rewrite/topologies",
                        "rewrite/heap",
                        "rewrite/throughput");
        assertThat(lines)
                .allSatisfy(
                        line -> {
                            assertThat(line.path("ours").doubleValue()).isPositive();
                            assertThat(line.path("unit").textValue()).isNotEmpty();
                            assertThat(line.path("limit").textValue()).isNotEmpty();
                        });
    }
}
