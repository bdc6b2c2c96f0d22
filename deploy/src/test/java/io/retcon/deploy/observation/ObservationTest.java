package io.retcon.deploy.observation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.record.Progress;
import io.retcon.schemas.record.RetrainingId;
import io.retcon.schemas.serde.TrustedRecords;
import io.retcon.schemas.topic.Cluster;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

class ObservationTest {
    @BeforeAll
    static void vouch() {
        TrustedRecords.vouch();
    }

    private static HttpResponse<String> get(Observation observation, String path)
            throws IOException, InterruptedException {
        var uri = URI.create("http://127.0.0.1:%d%s".formatted(observation.port(), path));
        try (var client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    @Test
    void aProcessThatStartsIsAliveAndNotReady() throws Exception {
        // Given
        try (var observation = Observation.start("127.0.0.1", 0)) {
            // When
            var live = get(observation, "/health/live");
            var ready = get(observation, "/health/ready");
            // Then
            assertThat(live.statusCode()).isEqualTo(200);
            assertThat(ready.statusCode()).isEqualTo(503);
            assertThat(ready.body()).isEqualTo("it is starting\n");
        }
    }

    @Test
    void aProcessWhoseClusterIsAwayIsAliveAndNotReady() throws Exception {
        // Given
        try (var observation = Observation.start("127.0.0.1", 0)) {
            observation.started(new Cluster("127.0.0.1:1"), List.of());
            // When
            var live = get(observation, "/health/live");
            var ready = get(observation, "/health/ready");
            // Then
            assertThat(live.statusCode()).isEqualTo(200);
            assertThat(ready.statusCode()).isEqualTo(503);
            assertThat(ready.body()).startsWith("the Kafka cluster does not answer: ");
        }
    }

    @Test
    void theProcessItselfIsMeasured() throws Exception {
        // Given
        try (var observation = Observation.start("127.0.0.1", 0)) {
            // When
            var metrics = get(observation, "/metrics");
            // Then
            assertThat(metrics.statusCode()).isEqualTo(200);
            assertThat(metrics.body()).contains("jvm_memory_used_bytes{");
            assertThat(get(observation, "/other").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void aPortThatIsTakenIsRefused() {
        // Given
        try (var first = Observation.start("127.0.0.1", 0)) {
            int taken = first.port();
            // When
            assertThatThrownBy(() -> Observation.start("127.0.0.1", taken))
                    // Then
                    .isInstanceOf(RefusedInput.class)
                    .hasMessageContaining("--metrics-port");
        }
    }

    @Test
    void anInterventionIsSeenUntilItEnds() {
        // Given
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        var interventions = new Interventions(registry);
        interventions.heard(progress(1), Instant.ofEpochSecond(1000));
        interventions.heard(progress(3), Instant.ofEpochSecond(1060));
        // When
        interventions.show();
        var under = registry.scrape();
        interventions.ended("i1");
        interventions.show();
        // Then
        var stage = "{intervention=\"i1\",retraining=\"treated-0\",stage=\"retrain\"} ";
        assertThat(under)
                .contains("retcon_intervention_moved_seconds{intervention=\"i1\"} 1060.0")
                .contains("retcon_stage_done" + stage + "3.0")
                .contains("retcon_stage_expected" + stage + "20.0")
                .contains("retcon_stage_duration_seconds" + stage + "60.0")
                .contains("retcon_retraining_tokens_per_second" + stage + "512.0");
        assertThat(registry.scrape()).doesNotContain("i1");
    }

    /** The other names are looked for where a whole cluster runs. */
    @Test
    void whatPlotsAndAlertsNameOfInterventionsIsServed() throws IOException {
        // Given
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        var interventions = new Interventions(registry);
        interventions.heard(progress(1), Instant.ofEpochSecond(1000));
        interventions.show();
        // When
        var text =
                Files.readString(Path.of("grafana", "retcon.json"))
                        + Files.readString(Path.of("prometheus", "alerts.yaml"));
        var named = Pattern.compile("retcon_(?:stage|intervention|retraining)_[a-z_]+");
        // Then
        assertThat(named.matcher(text).results().map(MatchResult::group))
                .hasSizeGreaterThan(4)
                .allSatisfy(name -> assertThat(registry.scrape()).contains("# TYPE " + name + " "));
    }

    private static Progress progress(long done) {
        return Progress.newBuilder()
                .setIntervention("i1")
                .setStage("retrain")
                .setDone(done)
                .setTotal(20)
                .setRate(1)
                .setUnit("steps")
                .setRetraining(new RetrainingId("i1", "treated", 0))
                .setTokensPerSecond(512.0)
                .build();
    }
}
