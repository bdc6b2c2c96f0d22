package io.retcon.deploy.bench.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.junit.jupiter.api.Test;

import picocli.CommandLine;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;

class DashboardBenchCommandIT {
    @Test
    void everyViewerSeesTheLastUpdate() throws IOException {
        // Given
        var out = new StringWriter();
        var command = new CommandLine(new DashboardBenchCommand()).setOut(new PrintWriter(out));
        // When
        int code =
                command.execute(
                        "--interventions=50",
                        "--items=10",
                        "--viewers=5",
                        "--updates=4",
                        "--no-browser",
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
                        "dashboard/bytes/interventions",
                        "dashboard/fetched/interventions",
                        "dashboard/bytes/intervention",
                        "dashboard/fetched/intervention",
                        "dashboard/update/received/median",
                        "dashboard/update/received/worst");
        assertThat(lines).allSatisfy(l -> assertThat(l.path("ours").doubleValue()).isPositive());
    }
}
