package io.retcon.deploy.observation;

import static java.util.Objects.requireNonNull;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.retcon.deploy.stack.Component;
import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.topic.Cluster;

import org.apache.kafka.clients.CommonClientConfigs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;

/**
 * What a process says of itself over HTTP: {@code /metrics} in Prometheus' format, {@code
 * /health/live}, and {@code /health/ready}, which says 503 and why where it is not.
 */
public final class Observation implements AutoCloseable {
    private static final String TOPOLOGIES = "streams";
    private static final String TEXT = "text/plain; charset=utf-8";

    private final PrometheusMeterRegistry registry =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Health health = new Health();
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final HttpServer server;

    private Observation(HttpServer server) {
        this.server = server;
    }

    /**
     * @param port where to listen, or 0 for any free port
     * @throws RefusedInput if the port can't be had
     */
    static Observation start(String host, int port) {
        // Read when the JDK's server is first made: a probe or scraper needs no more.
        System.setProperty("jdk.httpserver.maxConnections", "64");
        System.setProperty("sun.net.httpserver.maxReqTime", "10");
        System.setProperty("sun.net.httpserver.maxRspTime", "60");
        try {
            var observation =
                    new Observation(HttpServer.create(new InetSocketAddress(host, port), 0));
            observation.serve();
            return observation;
        } catch (IOException e) {
            throw new RefusedInput(
                    "metrics can't be served on %s:%d (%s): choose another --metrics-port"
                            .formatted(host, port, e.getMessage()),
                    e);
        }
    }

    int port() {
        return server.getAddress().getPort();
    }

    private void serve() {
        Metrics.addRegistry(registry);
        var collections = new JvmGcMetrics();
        open.push(collections);
        List.of(
                        new JvmMemoryMetrics(),
                        collections,
                        new JvmThreadMetrics(),
                        new ProcessorMetrics(),
                        new UptimeMetrics())
                .forEach(meters -> meters.bindTo(registry));
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/metrics", exchange -> send(exchange, 200, registry.scrape()));
        server.createContext("/health/live", exchange -> send(exchange, health.fatal()));
        server.createContext("/health/ready", exchange -> send(exchange, health.trouble()));
        server.createContext("/", exchange -> send(exchange, 404, "ask for /metrics\n"));
        server.start();
    }

    /** The component, seen at work: its clients' figures, its folder's size, and its death. */
    Component watching(Component component) {
        return new Component(
                component.name(),
                (cluster, folder, died) -> {
                    Gauge.builder("retcon.component.folder.bytes", folder, Observation::size)
                            .tag("component", component.name())
                            .register(registry);
                    return component
                            .start()
                            .on(
                                    observed(cluster),
                                    folder,
                                    cause -> {
                                        health.died(component.name(), cause);
                                        died.accept(cause);
                                    });
                });
    }

    private static Cluster observed(Cluster cluster) {
        var others =
                cluster.clientProperties().get(CommonClientConfigs.METRIC_REPORTER_CLASSES_CONFIG);
        var ours = KafkaMeters.class.getName();
        return cluster.with(
                Map.of(
                        CommonClientConfigs.METRIC_REPORTER_CLASSES_CONFIG,
                        others == null ? ours : others + "," + ours));
    }

    /**
     * Everything runs: the process is ready as long as the cluster answers. Where the topologies
     * run, interventions are followed too.
     */
    void started(Cluster cluster, List<Component> components) {
        health.started(cluster);
        open.push(health);
        if (components.stream().map(Component::name).anyMatch(TOPOLOGIES::equals)) {
            open.push(InterventionWatch.start(cluster, registry));
        }
    }

    private static double size(Path folder) {
        try (var files = Files.walk(requireNonNull(folder, "folder is null"))) {
            return files.mapToLong(Observation::bytes).sum();
        } catch (IOException | UncheckedIOException beingChanged) {
            return Double.NaN;
        }
    }

    private static long bytes(Path file) {
        try {
            return Files.isRegularFile(file) ? Files.size(file) : 0;
        } catch (IOException gone) {
            return 0;
        }
    }

    private static void send(HttpExchange exchange, Optional<String> trouble) throws IOException {
        send(exchange, trouble.isPresent() ? 503 : 200, trouble.orElse("well") + "\n");
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        try (exchange) {
            var bytes = text.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", TEXT);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        Metrics.removeRegistry(registry);
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                throw new IllegalStateException("observation did not end", e);
            }
        }
        registry.close();
    }
}
