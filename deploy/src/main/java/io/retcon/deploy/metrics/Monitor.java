package io.retcon.deploy.metrics;

import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.retcon.deploy.stack.Component;
import io.retcon.schemas.topic.Cluster;

import java.util.HashMap;
import java.util.List;

/**
 * The figures and the health of this process. Figures go where Micrometer's global registry leads,
 * so that what Kafka's clients make by themselves finds it too.
 */
public final class Monitor implements AutoCloseable {
    private final PrometheusMeterRegistry registry =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collections = new JvmGcMetrics();
    private final Health health = new Health();

    public Monitor() {
        Metrics.addRegistry(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        collections.bindTo(registry);
    }

    /** The same components, which are watched as they start, work and die. */
    public List<Component> watched(List<Component> components) {
        components.forEach(component -> health.starting(component.name()));
        return components.stream().map(this::watched).toList();
    }

    private Component watched(Component component) {
        return new Component(
                component.name(),
                (cluster, folder, died) -> {
                    var work =
                            component
                                    .start()
                                    .on(
                                            metered(cluster),
                                            folder,
                                            cause -> {
                                                health.died(component.name(), cause);
                                                died.accept(cause);
                                            });
                    health.works(component.name());
                    var size = new FolderSize(folder);
                    registry.gauge(
                            "retcon.state.bytes",
                            Tags.of("component", component.name()),
                            size,
                            FolderSize::bytes);
                    return () -> {
                        try (size) {
                            work.close();
                        }
                    };
                });
    }

    /** The cluster whose clients say how they do. */
    private static Cluster metered(Cluster cluster) {
        var properties = new HashMap<String, String>();
        for (var addition : ClientMeters.PROPERTIES.entrySet()) {
            properties.merge(addition.getKey(), addition.getValue(), (a, b) -> a + "," + b);
        }
        cluster.clientProperties()
                .forEach(
                        (key, value) ->
                                properties.computeIfPresent(key, (k, own) -> value + "," + own));
        return cluster.with(properties);
    }

    /** Serves what the topics say of interventions too, from now on. */
    public AutoCloseable watchInterventions(Cluster cluster) {
        return InterventionWatch.start(cluster, registry);
    }

    Health health() {
        return health;
    }

    /** In Prometheus's text format. */
    String figures() {
        return registry.scrape();
    }

    @Override
    public void close() {
        collections.close();
        Metrics.removeRegistry(registry);
        registry.close();
    }
}
