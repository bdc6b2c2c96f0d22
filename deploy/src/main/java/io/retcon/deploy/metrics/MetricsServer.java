package io.retcon.deploy.metrics;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import io.retcon.schemas.RefusedInput;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** Serves a process's figures to Prometheus and its health to whatever keeps it running. */
public final class MetricsServer implements AutoCloseable {
    private static final String FIGURES = "text/plain; version=0.0.4; charset=utf-8";
    private static final String SENTENCE = "text/plain; charset=utf-8";
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final int NOT_ALLOWED = 405;
    private static final int UNAVAILABLE = 503;

    private record Answer(int status, String type, String body) {}

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private MetricsServer(HttpServer server) {
        this.server = server;
        server.setExecutor(threads);
    }

    /**
     * @param port 0 for any free one
     * @throws RefusedInput if the port can't be had
     */
    static MetricsServer start(String host, int port, Monitor monitor) {
        try {
            var address = new InetSocketAddress(InetAddress.getByName(host), port);
            var server = new MetricsServer(HttpServer.create(address, 0));
            server.serve("/metrics", () -> new Answer(OK, FIGURES, monitor.figures()));
            server.serve("/health/live", () -> health(monitor.health().deadly()));
            server.serve("/health/ready", () -> health(monitor.health().unready()));
            server.server.start();
            return server;
        } catch (UnknownHostException e) {
            throw new RefusedInput(
                    "no address is known for %s: check --metrics-host".formatted(host), e);
        } catch (IOException | IllegalArgumentException e) {
            throw new RefusedInput(
                    "figures can't be served at %s:%d (%s): choose another --metrics-port"
                            .formatted(host, port, e.getMessage()),
                    e);
        }
    }

    private static Answer health(Optional<String> problem) {
        return problem.map(reason -> new Answer(UNAVAILABLE, SENTENCE, reason + "\n"))
                .orElse(new Answer(OK, SENTENCE, "ok\n"));
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return server.getAddress();
    }

    private void serve(String path, Supplier<Answer> answers) {
        server.createContext(
                path,
                exchange -> {
                    try (exchange) {
                        answer(exchange, path, answers);
                    }
                });
    }

    private static void answer(HttpExchange exchange, String path, Supplier<Answer> answers)
            throws IOException {
        if (!exchange.getRequestMethod().equals("GET")) {
            exchange.sendResponseHeaders(NOT_ALLOWED, -1);
            return;
        }
        if (!exchange.getRequestURI().getPath().equals(path)) {
            exchange.sendResponseHeaders(NOT_FOUND, -1);
            return;
        }
        var answer = answers.get();
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", answer.type());
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.sendResponseHeaders(answer.status(), body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
