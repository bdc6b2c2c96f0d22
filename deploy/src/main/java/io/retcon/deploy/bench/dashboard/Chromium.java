package io.retcon.deploy.bench.dashboard;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A page in a real browser without a window, which is asked through the Chrome DevTools Protocol
 * (chromedevtools.github.io/devtools-protocol) what it has drawn and when.
 */
final class Chromium implements AutoCloseable {
    private static final List<Path> PLACES =
            List.of(Path.of("/usr/bin/chromium"), Path.of("/usr/bin/google-chrome"));
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PATIENCE_SECONDS = 60;

    private final Process process;
    private final HttpClient client = HttpClient.newHttpClient();
    private final URI address;

    private Chromium(Process process, URI address) {
        this.process = process;
        this.address = address;
    }

    /** One of its own, where a browser is installed. */
    static Optional<Chromium> start(Path folder) {
        var program = PLACES.stream().filter(Files::isExecutable).findFirst();
        if (program.isEmpty()) {
            return Optional.empty();
        }
        try {
            Files.createDirectories(folder);
            var process =
                    new ProcessBuilder(
                                    program.get().toString(),
                                    "--headless",
                                    "--no-sandbox",
                                    "--disable-gpu",
                                    "--disable-quic",
                                    "--no-first-run",
                                    "--disable-background-networking",
                                    "--disable-component-update",
                                    "--disable-sync",
                                    "--remote-debugging-port=0",
                                    "--user-data-dir=" + folder)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            return Optional.of(new Chromium(process, address(process, folder)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The browser writes into its folder where it listens, on this machine alone. */
    private static URI address(Process process, Path folder) throws IOException {
        var file = folder.resolve("DevToolsActivePort");
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!Files.exists(file) || Files.readString(file).lines().count() < 2) {
            if (!process.isAlive() || System.nanoTime() > end) {
                process.destroyForcibly();
                throw new IllegalStateException("Chromium does not start");
            }
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while Chromium started", e);
            }
        }
        return URI.create("http://127.0.0.1:" + Files.readAllLines(file).getFirst());
    }

    /** Opens a page in a tab of its own and returns when it has loaded. */
    Tab open(URI page) {
        var request =
                HttpRequest.newBuilder(
                                address.resolve(
                                        "/json/new?"
                                                + URLEncoder.encode(
                                                        page.toString(), StandardCharsets.UTF_8)))
                        .PUT(HttpRequest.BodyPublishers.noBody())
                        .build();
        try {
            var said = JSON.readTree(client.send(request, BodyHandlers.ofString()).body());
            var tab = new Tab(client, URI.create(said.path("webSocketDebuggerUrl").textValue()));
            tab.ask(
                    "new Promise(done => document.readyState === 'complete' ? done(1) :"
                            + " addEventListener('load', () => done(1)))");
            return tab;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a page opened", e);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        try {
            process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One open page. */
    static final class Tab implements AutoCloseable {
        private final AtomicInteger asked = new AtomicInteger();
        private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
        private final WebSocket socket;

        private Tab(HttpClient client, URI address) {
            requireNonNull(address, "address is null");
            this.socket = client.newWebSocketBuilder().buildAsync(address, new Listener()).join();
        }

        private final class Listener implements WebSocket.Listener {
            private final StringBuilder text = new StringBuilder();

            @Override
            public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
                text.append(part);
                if (last) {
                    answer(text.toString());
                    text.setLength(0);
                }
                from.request(1);
                return null;
            }
        }

        private void answer(String text) {
            try {
                var said = JSON.readTree(text);
                var waiting = answers.remove(said.path("id").asInt());
                if (waiting != null) {
                    waiting.complete(said);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** The value of a JavaScript expression, or of what it promises. */
        JsonNode ask(String expression) {
            var said =
                    call(
                            "Runtime.evaluate",
                            Map.of(
                                    "expression",
                                    expression,
                                    "awaitPromise",
                                    true,
                                    "returnByValue",
                                    true));
            if (said.path("result").has("exceptionDetails")) {
                throw new IllegalStateException("the browser says " + said);
            }
            return said.path("result").path("result").path("value");
        }

        private JsonNode call(String method, Map<String, Object> parameters) {
            int id = asked.incrementAndGet();
            var answer = new CompletableFuture<JsonNode>();
            answers.put(id, answer);
            try {
                var text =
                        JSON.writeValueAsString(
                                Map.of("id", id, "method", method, "params", parameters));
                socket.sendText(text, true).join();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return answer.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
        }

        @Override
        public void close() {
            call("Page.close", Map.of());
            socket.abort();
        }
    }
}
