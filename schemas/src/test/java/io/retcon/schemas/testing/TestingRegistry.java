package io.retcon.schemas.testing;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The two requests of a Confluent-compatible registry that Retcon makes, in memory. */
public final class TestingRegistry implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int FIRST = 1;

    private final HttpServer server;
    private final List<String> schemas = new ArrayList<>();
    private final List<String> subjects = new ArrayList<>();
    private volatile Optional<String> authorization = Optional.empty();
    private volatile int failures;

    private TestingRegistry(HttpServer server) {
        this.server = server;
    }

    public static TestingRegistry start() throws IOException {
        var local = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        var registry = new TestingRegistry(HttpServer.create(local, 0));
        registry.server.createContext("/", registry::answer);
        registry.server.start();
        return registry;
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Every subject that a schema was registered under, in order of arrival. */
    public synchronized List<String> subjects() {
        return List.copyOf(subjects);
    }

    /** What the last request was allowed by. */
    public Optional<String> authorization() {
        return authorization;
    }

    /** The next {@code count} requests fail. */
    public void fail(int count) {
        failures = count;
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        authorization = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"));
        var path = exchange.getRequestURI().getPath().split("/", -1);
        if (failures > 0) {
            failures--;
            send(exchange, 503, "{}");
        } else if (path[1].equals("subjects")) {
            var schema = JSON.readTree(exchange.getRequestBody()).path("schema").asText();
            subjects.add(path[2]);
            if (!schemas.contains(schema)) {
                schemas.add(schema);
            }
            send(exchange, 200, "{\"id\":%d}".formatted(FIRST + schemas.indexOf(schema)));
        } else {
            int index = Integer.parseInt(path[3]) - FIRST;
            if (index < 0 || index >= schemas.size()) {
                send(exchange, 404, "{\"error_code\":40403}");
            } else {
                var body = JSON.createObjectNode().put("schema", schemas.get(index));
                send(exchange, 200, body.toString());
            }
        }
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        try (exchange) {
            var bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
