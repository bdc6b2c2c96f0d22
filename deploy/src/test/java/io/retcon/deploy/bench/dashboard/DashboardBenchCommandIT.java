package io.retcon.deploy.bench.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.retcon.deploy.LocalRun;

import org.junit.jupiter.api.Test;

class DashboardBenchCommandIT {
    @Test
    void everyViewerSeesTheLastUpdate() {
        // When
        var said =
                LocalRun.of(
                        new DashboardBenchCommand(),
                        "--interventions=50",
                        "--items=10",
                        "--viewers=5",
                        "--updates=4",
                        "--no-browser",
                        "--output=json");
        // Then
        assertThat(said.status()).as(said.err()).isZero();
        assertThat(said.lines())
                .extracting(line -> line.path("name").textValue())
                .containsExactly(
                        "dashboard/bytes/interventions",
                        "dashboard/fetched/interventions",
                        "dashboard/bytes/intervention",
                        "dashboard/fetched/intervention",
                        "dashboard/update/received/median",
                        "dashboard/update/received/worst");
        assertThat(said.lines())
                .allSatisfy(l -> assertThat(l.path("ours").doubleValue()).isPositive());
    }
}
