package io.retcon.deploy.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retcon.deploy.dashboard.page.Frame.Rights;
import io.retcon.deploy.dashboard.publish.SpecSources;
import io.retcon.deploy.dashboard.web.Access;
import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.topic.Cluster;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A dashboard whose cluster is away: what it lets in, and what it says. */
class DashboardTest {
    /** Where nobody listens. */
    private static final Cluster AWAY = new Cluster("127.0.0.1:1");

    private static final String TOKEN = "0123456789abcdef";

    private final HttpClient client = HttpClient.newHttpClient();
    private Dashboard dashboard;

    @AfterEach
    void close() {
        dashboard.close();
    }

    private void start(Rights rights, Optional<String> token) {
        var settings =
                new DashboardSettings(
                        "127.0.0.1", 0, new Access(token), rights, SpecSources.none());
        dashboard = Dashboard.start(AWAY, settings, List.of());
    }

    @Test
    void saysThatTheClusterIsAwayAndBindsWhatItAnswers() throws Exception {
        // Given
        start(Rights.READ, Optional.empty());
        // When
        var page = get("/");
        for (int i = 0; i < 10 && !page.body().contains("has not answered"); i++) {
            // Each of them waits for the cluster some seconds.
            page = get("/");
        }
        var unknown = get("/no/such/page");
        // Then
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("The cluster has not answered since");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .startsWith("default-src 'none'; script-src 'self'; style-src 'self'");
        assertThat(page.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(page.body()).doesNotContain("style=", "onclick", "http://", "https://");
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(unknown.body()).contains("There is no such page");
    }

    @Test
    void answersTheRegistrysClientsInTheirWords() throws Exception {
        // Given
        start(Rights.READ, Optional.empty());
        // When
        var subject = get("/subjects/none/versions/latest");
        var schema = get("/schemas/ids/7");
        // Then
        assertThat(get("/subjects").body()).isEqualTo("[]");
        assertThat(subject.statusCode()).isEqualTo(404);
        assertThat(subject.body()).contains("\"error_code\":40401");
        assertThat(schema.body()).contains("\"error_code\":40403");
        assertThat(get("/api/interventions/none").body()).startsWith("{\"error\"");
    }

    @Test
    void answersItsOwnNamesAlone() throws Exception {
        // Given
        start(Rights.READ, Optional.empty());
        // When
        var foreign = raw("GET / HTTP/1.1\r\nHost: evil.example:8470\r\nConnection: close\r\n\r\n");
        var own = raw("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        // Then
        assertThat(foreign).startsWith("HTTP/1.1 421").doesNotContain("<main");
        assertThat(own).startsWith("HTTP/1.1 200");
    }

    @Test
    void takesChangesFromItsOwnPagesAloneAndNoneWithoutLeave() throws Exception {
        // Given
        start(Rights.PUBLISH, Optional.empty());
        // When
        var foreign = post("/publish/check", "http://evil.example", "spec=name");
        var nameless = post("/publish/check", "null", "spec=name");
        var own = post("/publish/check", dashboard.address().toString(), "spec=name%3A+%5B");
        // Then
        assertThat(foreign.statusCode()).isEqualTo(403);
        assertThat(nameless.statusCode()).isEqualTo(403);
        assertThat(own.statusCode()).isEqualTo(200);
        assertThat(own.body()).contains("note bad").contains("data-line=");
        // When
        dashboard.close();
        start(Rights.READ, Optional.empty());
        // Then
        assertThat(post("/publish", dashboard.address().toString(), "spec=").statusCode())
                .isEqualTo(404);
        assertThat(get("/publish").statusCode()).isEqualTo(404);
        assertThat(get("/").body()).doesNotContain("/publish");
    }

    @Test
    void asksForItsTokenAndKeepsItOutOfTheAddress() throws Exception {
        // Given
        start(Rights.READ, Optional.of(TOKEN));
        // When
        var without = get("/");
        var wrong = get("/?token=fedcba9876543210");
        var invited = get("/runs?token=" + TOKEN);
        var cookie = invited.headers().firstValue("Set-Cookie").orElseThrow();
        var with =
                send(
                        request("/")
                                .header("Cookie", cookie.substring(0, cookie.indexOf(';')))
                                .build());
        var bearer = send(request("/").header("Authorization", "Bearer " + TOKEN).build());
        // Then
        assertThat(List.of(without.statusCode(), wrong.statusCode())).containsOnly(401);
        assertThat(without.body()).doesNotContain("<main");
        assertThat(invited.statusCode()).isEqualTo(303);
        assertThat(invited.headers().firstValue("Location").orElseThrow()).endsWith("/runs");
        assertThat(cookie).contains("HttpOnly", "SameSite=Strict");
        assertThat(List.of(with.statusCode(), bearer.statusCode())).containsOnly(200);
        assertThat(dashboard.invitation().toString()).endsWith("/?token=" + TOKEN);
    }

    @Test
    void isNotOpenToOthersWithoutAToken() {
        // Given
        start(Rights.READ, Optional.empty());
        var files = SpecSources.none();
        // When, Then
        assertThatThrownBy(
                        () ->
                                new DashboardSettings(
                                        "0.0.0.0",
                                        0,
                                        new Access(Optional.empty()),
                                        Rights.READ,
                                        files))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void readsNoFileOutsideTheFoldersThatAreAllowed(@TempDir Path folder) throws Exception {
        // Given
        start(Rights.READ, Optional.empty());
        var allowed = Files.createDirectory(folder.resolve("allowed"));
        var secret = Files.writeString(folder.resolve("secret.jsonl"), "{}");
        Files.writeString(allowed.resolve("given.jsonl"), "{}");
        Files.createSymbolicLink(allowed.resolve("link.jsonl"), secret);
        var files = new SpecSources(List.of(allowed), List.of());
        // When, Then
        assertThat(files.file("given.jsonl")).hasFileName("given.jsonl");
        for (var name : List.of("../secret.jsonl", "link.jsonl", secret.toString(), "absent")) {
            assertThatThrownBy(() -> files.file(name))
                    .as(name)
                    .isInstanceOf(RefusedInput.class)
                    .hasMessageContaining("lies in none of the folders");
        }
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send(request(path).build());
    }

    private HttpResponse<String> post(String path, String origin, String form) throws Exception {
        return send(
                request(path)
                        .header("Origin", origin)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form))
                        .build());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(dashboard.address() + path));
    }

    private HttpResponse<String> send(HttpRequest request) throws Exception {
        return client.send(request, BodyHandlers.ofString());
    }

    /** As written: ordinary clients choose the Host header themselves. */
    private String raw(String request) throws IOException {
        try (var socket = new Socket("127.0.0.1", dashboard.address().getPort())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
