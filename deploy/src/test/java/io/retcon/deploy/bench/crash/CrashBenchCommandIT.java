package io.retcon.deploy.bench.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.junit.jupiter.api.Test;

import picocli.CommandLine;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;

/** Promise 3 on processes of their own: whoever is killed, the overlay is the undisturbed one. */
class CrashBenchCommandIT {
    @Test
    void killedProcessesLoseNothingAndDoNothingTwice() throws Exception {
        // Given
        var out = new StringWriter();
        var command = new CommandLine(new CrashBenchCommand()).setOut(new PrintWriter(out));
        // When
        int code = command.execute("--kills=4", "--seed=1", "--sequences=3000", "--output=json");
        // Then
        var lines = lines(out);
        assertThat(code).as(lines.toString()).isZero();
        assertThat(lines)
                .extracting(line -> line.path("name").textValue())
                .startsWith("crash/differences")
                .hasSizeGreaterThan(1);
        assertThat(lines.getFirst().path("ours").doubleValue()).isZero();
    }

    private static List<JsonNode> lines(StringWriter out) throws Exception {
        var lines = new ArrayList<JsonNode>();
        for (var line : out.toString().lines().toList()) {
            lines.add(new ObjectMapper().readTree(line));
        }
        return lines;
    }
}
