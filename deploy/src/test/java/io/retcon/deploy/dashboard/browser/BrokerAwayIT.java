package io.retcon.deploy.dashboard.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.retcon.deploy.stack.Stack;
import io.retcon.deploy.stack.TestingBroker;
import io.retcon.schemas.topic.Cluster;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;

/** A dashboard says that its broker is away, and goes on by itself when it is back. */
class BrokerAwayIT {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir private Path folder;

    @BeforeEach
    void needsABrowser() {
        Chromium.require();
    }

    @Test
    void saysThatTheBrokerIsAwayAndRecoversAlone() throws Exception {
        int port = freePort();
        var cluster = new Cluster("127.0.0.1:" + port);
        try (var first = TestingBroker.start(folder.resolve("data"), port)) {
            Stack.createTopics(cluster, 1);
            publish(cluster, "0a");
            try (var dashboard = ShownStack.dashboard(cluster);
                    var browser = Browser.open(folder.resolve("profile"), dashboard.address())) {
                // Given
                browser.go("/");
                browser.await("the first", SOON, () -> browser.has("#row-0a"));
                browser.script("window.same = true");
                // When
                first.kill();
                // Then
                browser.await("the note", PATIENCE, () -> browser.has("#broker.bad"));
                assertThat(browser.text("#broker")).contains("has not answered since");
                assertThat(browser.has("#row-0a")).as("what is known stays").isTrue();
                // When
                try (var second = TestingBroker.start(folder.resolve("data"), port)) {
                    // Then
                    browser.await("no note", PATIENCE, () -> !browser.has("#broker.bad"));
                    // When
                    publish(cluster, "0b");
                    // Then
                    browser.await("the second", SOON, () -> browser.has("#row-0b"));
                    assertThat(browser.script("return window.same"))
                            .as("it is the same page")
                            .isEqualTo(true);
                    assertThat(browser.watchdog().complaints()).isEmpty();
                }
            }
        }
    }

    private static void publish(Cluster cluster, String id) {
        try (var written = new WrittenRecords(cluster)) {
            written.intervention(id, "intervention-" + id);
            written.commit();
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
