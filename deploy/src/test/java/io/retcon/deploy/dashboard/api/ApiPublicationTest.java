package io.retcon.deploy.dashboard.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.retcon.deploy.dashboard.Dashboard;
import io.retcon.deploy.dashboard.DashboardSettings;
import io.retcon.deploy.dashboard.page.Frame.Rights;
import io.retcon.deploy.dashboard.publish.SpecFiles;
import io.retcon.deploy.dashboard.web.Access;
import io.retcon.schemas.topic.Cluster;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Optional;

class ApiPublicationTest {
    private static final String YAML = "application/yaml";
    private static final String FAULTY = "name: a\nrun: [\n";

    private Dashboard dashboard;

    private void start(Rights rights) {
        var access = new Access(Optional.empty());
        var files = new SpecFiles(List.of());
        var settings = new DashboardSettings("127.0.0.1", 0, access, rights, files);
        dashboard = Dashboard.start(new Cluster("127.0.0.1:1"), settings, List.of());
    }

    @AfterEach
    void close() {
        dashboard.close();
    }

    @Test
    void aFaultySpecComesBackWithThePlaceOfItsFault() throws Exception {
        // Given
        start(Rights.PUBLISH);
        // When
        var answer = post(YAML, Optional.empty(), FAULTY);
        // Then
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("\"error\":", "\"line\":3", "\"column\":");
    }

    @Test
    void pagesOfOthersPublishNothing() throws Exception {
        // Given
        start(Rights.PUBLISH);
        // When
        var named = post(YAML, Optional.of("http://evil.example"), FAULTY);
        var form = post("application/x-www-form-urlencoded", Optional.empty(), FAULTY);
        var text = post("text/plain", Optional.empty(), FAULTY);
        // Then
        assertThat(List.of(named.statusCode(), form.statusCode(), text.statusCode()))
                .containsOnly(403);
    }

    @Test
    void aDashboardThatOnlyReadsSaysSo() throws Exception {
        // Given
        start(Rights.READ);
        // When
        var answer = post(YAML, Optional.empty(), FAULTY);
        // Then
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("start it with --allow-publish");
    }

    private HttpResponse<String> post(String type, Optional<String> origin, String body)
            throws Exception {
        var request =
                HttpRequest.newBuilder(dashboard.address().resolve("/api/interventions"))
                        .header("Content-Type", type)
                        .POST(HttpRequest.BodyPublishers.ofString(body));
        origin.ifPresent(page -> request.header("Origin", page));
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request.build(), BodyHandlers.ofString());
        }
    }
}
