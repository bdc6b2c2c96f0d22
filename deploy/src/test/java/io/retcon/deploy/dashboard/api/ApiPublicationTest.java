package io.retcon.deploy.dashboard.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.retcon.deploy.dashboard.Dashboard;
import io.retcon.deploy.dashboard.DashboardSettings;
import io.retcon.deploy.dashboard.page.Frame.Rights;
import io.retcon.deploy.dashboard.publish.SpecSources;
import io.retcon.deploy.dashboard.web.Access;
import io.retcon.schemas.topic.Cluster;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

class ApiPublicationTest {
    private static final String YAML = "application/yaml";
    private static final String FAULTY = "name: a\nrun: [\n";

    private Dashboard dashboard;

    private void start(Rights rights) {
        var access = new Access(Optional.empty());
        var files = SpecSources.none();
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
        assertThat(named.statusCode()).isEqualTo(403);
        assertThat(List.of(form.statusCode(), text.statusCode())).containsOnly(415);
        assertThat(text.body()).contains("Content-Type: application/yaml");
    }

    @Test
    void aTypeMaySayItsCharset() throws Exception {
        // Given
        start(Rights.PUBLISH);
        for (var type :
                List.of(
                        YAML + "; charset=utf-8",
                        "Application/YAML;charset=UTF-8",
                        YAML + "; charset=utf-16",
                        YAML + "; charset=nonsense",
                        YAML + ";")) {
            // When
            var answer = post(type, Optional.empty(), FAULTY);
            // Then
            assertThat(answer.statusCode()).as(type).isEqualTo(422);
            assertThat(answer.body()).as(type).contains("\"line\":3");
        }
    }

    @Test
    void whatIsNotUtf8IsRefused() throws Exception {
        // Given
        start(Rights.PUBLISH);
        var latin = "name: caf\u00e9\n".getBytes(ISO_8859_1);
        // When
        var answer = post(YAML, Optional.empty(), BodyPublishers.ofByteArray(latin));
        // Then
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("save it as UTF-8");
    }

    @Test
    void manyBodiesThatNeverEndKeepNobodyOut() throws Exception {
        // Given
        start(Rights.PUBLISH);
        var address = dashboard.address();
        var half =
                "POST /api/interventions HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: "
                        + YAML
                        + "\r\nContent-Length: 1000\r\n\r\nname: a\n";
        var open = new ArrayList<Socket>();
        try {
            for (int i = 0; i < 1_500; i++) {
                var socket = new Socket(address.getHost(), address.getPort());
                open.add(socket);
                socket.getOutputStream().write(half.getBytes(UTF_8));
            }
            // When, Then
            await().atMost(Duration.ofSeconds(60))
                    .ignoreExceptions()
                    .untilAsserted(
                            () ->
                                    assertThat(post(YAML, Optional.empty(), FAULTY).statusCode())
                                            .isEqualTo(422));
        } finally {
            for (var socket : open) {
                socket.close();
            }
        }
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
        return post(type, origin, BodyPublishers.ofString(body));
    }

    private HttpResponse<String> post(String type, Optional<String> origin, BodyPublisher body)
            throws Exception {
        var request =
                HttpRequest.newBuilder(dashboard.address().resolve("/api/interventions"))
                        .header("Content-Type", type)
                        .POST(body);
        origin.ifPresent(page -> request.header("Origin", page));
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request.build(), BodyHandlers.ofString());
        }
    }
}
