package io.retcon.deploy.observation;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Metrics;

import org.apache.kafka.common.metrics.KafkaMetric;
import org.apache.kafka.common.metrics.MetricsReporter;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What all of this process's Kafka clients and topologies have done together: Kafka makes one of
 * these for each. Clients come and go by the hundred, so none is told from another.
 */
public final class KafkaMeters implements MetricsReporter {
    private static final Figure CONSUMED =
            new Figure("consumer-fetch-manager-metrics", "records-consumed-total");
    private static final Figure LAG =
            new Figure("consumer-fetch-manager-metrics", "records-lag-max");
    private static final Figure PRODUCED = new Figure("producer-metrics", "record-send-total");
    private static final Figure FAILED = new Figure("producer-metrics", "record-error-total");
    private static final Figure PROCESSED = new Figure("stream-thread-metrics", "process-total");
    private static final Figure DEAD_THREADS =
            new Figure("stream-metrics", "failed-stream-threads");
    private static final List<Figure> ALL =
            List.of(CONSUMED, LAG, PRODUCED, FAILED, PROCESSED, DEAD_THREADS);

    static {
        var all = Metrics.globalRegistry;
        counter("retcon.records.consumed", CONSUMED);
        counter("retcon.records.produced", PRODUCED);
        counter("retcon.records.failed", FAILED);
        counter("retcon.records.processed", PROCESSED);
        Gauge.builder("retcon.consumer.lag.records", LAG, Figure::max).register(all);
        Gauge.builder("retcon.streams.threads.failed", DEAD_THREADS, Figure::sum).register(all);
    }

    private static void counter(String name, Figure figure) {
        FunctionCounter.builder(name, figure, Figure::sum).register(Metrics.globalRegistry);
    }

    @Override
    public void init(List<KafkaMetric> metrics) {
        metrics.forEach(this::metricChange);
    }

    @Override
    public void metricChange(KafkaMetric metric) {
        ALL.stream().filter(figure -> figure.is(metric)).forEach(figure -> figure.add(metric));
    }

    @Override
    public void metricRemoval(KafkaMetric metric) {
        ALL.stream().filter(figure -> figure.is(metric)).forEach(figure -> figure.remove(metric));
    }

    @Override
    public void close() {}

    @Override
    public void configure(Map<String, ?> settings) {}

    /** One of Kafka's figures over every client, those that were closed included. Thread-safe. */
    private static final class Figure {
        private final String group;
        private final String name;
        private final Map<KafkaMetric, Boolean> live = new ConcurrentHashMap<>();
        private double ofClosed;

        Figure(String group, String name) {
            this.group = group;
            this.name = name;
        }

        /** A client's own figure, not that of one of its topics or partitions. */
        boolean is(KafkaMetric metric) {
            var named = metric.metricName();
            return named.name().equals(name)
                    && named.group().equals(group)
                    && named.tags().size() == 1;
        }

        void add(KafkaMetric metric) {
            live.put(metric, true);
        }

        synchronized void remove(KafkaMetric metric) {
            if (live.remove(metric) != null) {
                ofClosed += value(metric);
            }
        }

        synchronized double sum() {
            return ofClosed + live.keySet().stream().mapToDouble(Figure::value).sum();
        }

        double max() {
            return live.keySet().stream().mapToDouble(Figure::value).max().orElse(0);
        }

        private static double value(KafkaMetric metric) {
            return metric.metricValue() instanceof Number number
                            && Double.isFinite(number.doubleValue())
                    ? number.doubleValue()
                    : 0;
        }
    }
}
