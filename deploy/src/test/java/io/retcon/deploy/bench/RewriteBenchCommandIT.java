package io.retcon.deploy.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.retcon.deploy.LocalRun;

import org.junit.jupiter.api.Test;

class RewriteBenchCommandIT {
    @Test
    void aMeasurementIsALineOfJson() {
        // When
        var said =
                LocalRun.of(
                        new RewriteBenchCommand(),
                        "--sequences=64",
                        "--tokens=64",
                        "--targets=100",
                        "--donors=1000",
                        "--rounds=1",
                        "--no-peer",
                        "--output=json");
        // Then
        assertThat(said.status()).as(said.err()).isZero();
        assertThat(said.lines())
                .extracting(line -> line.path("name").textValue())
                .containsExactly(
                        "rewrite/overlay",
                        "rewrite/files",
                        "rewrite/pairing",
                        "rewrite/topologies",
                        "rewrite/heap",
                        "rewrite/throughput");
        assertThat(said.lines())
                .allSatisfy(
                        line -> {
                            assertThat(line.path("ours").doubleValue()).isPositive();
                            assertThat(line.path("unit").textValue()).isNotEmpty();
                            assertThat(line.path("limit").textValue()).isNotEmpty();
                        });
    }
}
