package io.retcon.deploy.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.Tag;

import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.KafkaMetric;
import org.apache.kafka.common.metrics.MetricsReporter;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What Kafka's clients and Kafka Streams measure of themselves, as meters of the global registry.
 * Kafka makes one a client, and tells it of every metric that it begins or ends; those in {@link
 * #WANTED} are passed on.
 */
public final class ClientMeters implements MetricsReporter {
    /** Gives clients such a reporter. */
    static final Map<String, String> PROPERTIES =
            Map.of(
                    CommonClientConfigs.METRIC_REPORTER_CLASSES_CONFIG,
                    ClientMeters.class.getName());

    private static final Map<String, Set<String>> WANTED =
            Map.of(
                    "consumer-fetch-manager-metrics",
                            Set.of("records-lag", "records-consumed-total", "bytes-consumed-total"),
                    "consumer-coordinator-metrics", Set.of("rebalance-total"),
                    "producer-metrics", Set.of("txn-commit-time-ns-total"),
                    "producer-topic-metrics",
                            Set.of("record-send-total", "byte-total", "record-error-total"),
                    "stream-metrics", Set.of("alive-stream-threads"),
                    "stream-thread-metrics", Set.of("process-total", "commit-latency-avg"));

    private final Map<MetricName, Meter> meters = new ConcurrentHashMap<>();

    @Override
    public void configure(Map<String, ?> configs) {}

    @Override
    public void init(List<KafkaMetric> metrics) {
        metrics.forEach(this::metricChange);
    }

    @Override
    public void metricChange(KafkaMetric metric) {
        var name = metric.metricName();
        if (wanted(name)) {
            metricRemoval(metric);
            meters.put(name, meter(metric));
        }
    }

    /** Kafka has the same figures for a client as a whole and by topic or partition: the finest. */
    private static boolean wanted(MetricName name) {
        return WANTED.getOrDefault(name.group(), Set.of()).contains(name.name())
                && (!name.group().equals("consumer-fetch-manager-metrics")
                        || name.tags().containsKey("topic"));
    }

    private static Meter meter(KafkaMetric metric) {
        var name = metric.metricName();
        var tags =
                name.tags().entrySet().stream()
                        .map(e -> Tag.of(underscored(e.getKey()), e.getValue()))
                        .toList();
        var meter =
                "kafka."
                        + name.group().replace("-metrics", "").replace('-', '.')
                        + "."
                        + name.name().replace('-', '.');
        return name.name().endsWith("-total")
                ? FunctionCounter.builder(
                                meter.substring(0, meter.length() - ".total".length()),
                                metric,
                                ClientMeters::value)
                        .tags(tags)
                        .register(Metrics.globalRegistry)
                : Gauge.builder(meter, metric, ClientMeters::value)
                        .tags(tags)
                        .strongReference(true)
                        .register(Metrics.globalRegistry);
    }

    private static String underscored(String tag) {
        return tag.replace('-', '_');
    }

    private static double value(KafkaMetric metric) {
        return metric.metricValue() instanceof Number number ? number.doubleValue() : Double.NaN;
    }

    @Override
    public void metricRemoval(KafkaMetric metric) {
        var meter = meters.remove(metric.metricName());
        if (meter != null) {
            Metrics.globalRegistry.remove(meter);
        }
    }

    @Override
    public void close() {
        meters.values().forEach(Metrics.globalRegistry::remove);
        meters.clear();
    }
}
