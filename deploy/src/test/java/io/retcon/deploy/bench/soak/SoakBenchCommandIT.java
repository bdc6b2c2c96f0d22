package io.retcon.deploy.bench.soak;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import picocli.CommandLine;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** A minute of it: long enough for a restart and an outage, too short to judge memory. */
class SoakBenchCommandIT {
    @TempDir private Path folder;

    @Test
    void aDisturbedStackGivesTheSameEffects() throws Exception {
        // Given
        var out = new StringWriter();
        var page = folder.resolve("soak.html");
        var command = new CommandLine(new SoakBenchCommand()).setOut(new PrintWriter(out));
        // When
        int code =
                command.execute(
                "--minutes=1", "--longest-outage=5", "--output=json", "--out=" + page.toString());
        // Then
        assertThat(code).as(out.toString()).isZero();
        var measured = measured(out);
        assertThat(measured).containsKeys("soak/resident", "soak/heap", "soak/threads", "soak/handles", "soak/start");
        assertThat(measured.get("soak/differences").path("ours").doubleValue()).isZero();
        assertThat(page).content().contains("<svg").contains("resident, MB");
    }

    private static Map<String, JsonNode> measured(StringWriter out) throws Exception {
        var measured = new LinkedHashMap<String, JsonNode>();
        for (var line : out.toString().lines().toList()) {
            var json = new ObjectMapper().readTree(line);
            measured.put(json.path("name").textValue(), json);
        }
        return measured;
    }
}
