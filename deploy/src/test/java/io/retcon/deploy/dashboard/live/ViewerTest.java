package io.retcon.deploy.dashboard.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.javalin.Javalin;
import io.javalin.http.Context;
import io.retcon.deploy.dashboard.board.Board;
import io.retcon.deploy.dashboard.page.EventRoutes;
import io.retcon.deploy.report.Element;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** What viewers get of a board that changes, over real connections. */
@Timeout(60)
class ViewerTest {
    private static final String EPOCH = "epoch";
    private static final int CHANGES = 300;

    /** More than the buffers between a server and a browser that does not read. */
    private static final String LONG = "x".repeat(1 << 20);

    private final AtomicInteger drawn = new AtomicInteger();
    private final LiveBoard live = new LiveBoard(TestingBoards.of(1));
    private Javalin server;

    private List<Part> parts(Board board) {
        return List.of(
                Part.of(
                        "count",
                        board.version(),
                        now -> {
                            drawn.incrementAndGet();
                            return Element.tag("p", "board " + now.version()).with("id", "count");
                        }),
                Part.of("still", 1, now -> Element.tag("p", "never sent").with("id", "still")));
    }

    @BeforeEach
    void serve() {
        server =
                Javalin.create(
                                config -> {
                                    config.concurrency.useVirtualThreads = true;
                                    config.startup.showJavalinBanner = false;
                                    config.routes.get("/events", this::follow);
                                })
                        .start("127.0.0.1", 0);
    }

    private void follow(Context ctx) {
        View view = ctx.queryParam("heavy") == null ? this::parts : this::heavy;
        try {
            new Viewer(live, EPOCH, view, EventRoutes.stream(ctx)).follow(ctx.queryParam("shown"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<Part> heavy(Board board) {
        return List.of(
                Part.of(
                        "heavy-" + board.version(),
                        board.version(),
                        now -> Element.tag("p", LONG).with("id", "heavy")));
    }

    @AfterEach
    void end() {
        live.close();
        server.stop();
    }

    @Test
    void manyChangesGiveFewEventsAndTheLastOneArrives() throws Exception {
        // Given
        try (var page = connect("shown=" + Viewer.version(EPOCH, 1))) {
            // When
            var events = new ArrayList<String>();
            var reader = Thread.ofVirtual().start(() -> read(page, CHANGES + 1, events));
            change();
            reader.join();
            // Then
            assertThat(events).hasSizeBetween(1, CHANGES / 10);
            assertThat(events.getLast()).contains("board " + (CHANGES + 1));
            assertThat(String.join("", events)).doesNotContain("never sent");
        }
    }

    @Test
    void aViewerThatDoesNotReadCostsTheOthersNothing() throws Exception {
        // Given
        try (var stuck = connect("heavy=1&shown=" + Viewer.version(EPOCH, 1));
                var page = connect("shown=" + Viewer.version(EPOCH, 1))) {
            // When
            var events = new ArrayList<String>();
            var reader = Thread.ofVirtual().start(() -> read(page, CHANGES + 1, events));
            change();
            reader.join();
            // Then
            assertThat(events.getLast()).contains("board " + (CHANGES + 1));
            assertThat(stuck.isConnected()).isTrue();
        }
    }

    @Test
    void aPageOfAnotherServerIsDrawnAnew() throws Exception {
        // Given
        try (var page = connect("shown=" + Viewer.version("before", 1))) {
            // When
            var first = lines(page).filter(line -> line.startsWith("event:")).findFirst();
            // Then
            assertThat(first).hasValue("event: reload");
        }
    }

    @Test
    void whoComesBackGetsWhatChangedMeanwhile() throws Exception {
        // Given
        live.show(TestingBoards.of(7));
        // When
        try (var page = connect("shown=" + Viewer.version(EPOCH, 3))) {
            var events = new ArrayList<String>();
            read(page, 7, events);
            // Then
            assertThat(events).singleElement().asString().contains("board 7");
        }
    }

    private void change() throws InterruptedException {
        for (int i = 2; i <= CHANGES + 1; i++) {
            live.show(TestingBoards.of(i));
            Thread.sleep(2);
        }
    }

    private Socket connect(String query) throws IOException {
        var socket = new Socket("127.0.0.1", server.port());
        socket.getOutputStream()
                .write(
                        "GET /events?%s HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n"
                                .formatted(query)
                                .getBytes(StandardCharsets.UTF_8));
        return socket;
    }

    private static java.util.stream.Stream<String> lines(Socket socket) throws IOException {
        return new BufferedReader(
                        new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
                .lines();
    }

    /** Data of the events until the board of that version. */
    private static void read(Socket socket, long last, List<String> events) {
        try {
            assertThat(
                            lines(socket)
                                    .filter(line -> line.startsWith("data:"))
                                    .peek(events::add)
                                    .anyMatch(line -> line.contains("board " + last + "<")))
                    .isTrue();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
