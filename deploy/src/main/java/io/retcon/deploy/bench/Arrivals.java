package io.retcon.deploy.bench;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.topic.Cluster;
import io.retcon.schemas.topic.Keys;
import io.retcon.schemas.topic.Topic;
import io.retcon.schemas.topic.TopicTable;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

/**
 * Watches a topic of an intervention's arms fill: its records as they become visible, until those
 * that close it say that all have come. Only closing records are decoded. Not thread-safe.
 */
final class Arrivals implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    /** Few, so that the records of even a small window do not all come first, and have a rate. */
    private static final int RECORDS_A_POLL = 16;

    private final Consumer<String, byte[]> consumer;
    private final ToLongFunction<ConsumerRecord<String, byte[]>> announced;
    private final String prefix;
    private final Set<String> closings = new HashSet<>();

    /**
     * @param announced how many records a closing record says there are
     */
    Arrivals(
            Cluster cluster,
            Topic<?> topic,
            Swap swap,
            ToLongFunction<ConsumerRecord<String, byte[]>> announced) {
        this.announced = requireNonNull(announced, "announced is null");
        this.prefix = Keys.join(swap.id()) + "|";
        int partitions = TopicTable.partitions(cluster, topic);
        for (var arm : swap.spec().arms()) {
            for (int p = 0; p < partitions; p++) {
                closings.add(Keys.join(swap.id(), arm, "closing", p));
            }
        }
        this.consumer =
                cluster.with(
                                Map.of(
                                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                                        Integer.toString(RECORDS_A_POLL)))
                        .consumer();
        var all =
                IntStream.range(0, partitions)
                        .mapToObj(p -> new TopicPartition(topic.name(), p))
                        .toList();
        consumer.assign(all);
        consumer.seekToEnd(all);
        all.forEach(consumer::position);
    }

    /**
     * What came, and how long that took from the first records to the last.
     *
     * @param bytes of values, without those that came first
     */
    record Seen(long records, long bytes, double seconds) {
        double megabytesPerSecond() {
            return bytes / 1e6 / seconds;
        }
    }

    /** Blocks until all have come. */
    Seen await() {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        long start = 0;
        long bytes = 0;
        long records = 0;
        long expected = 0;
        int closed = 0;
        while (closed < closings.size() || records < expected) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(
                        "%d of %d closing records came within %s"
                                .formatted(closed, closings.size(), PATIENCE));
            }
            var ours = ours();
            if (!ours.isEmpty() && start == 0) {
                start = System.nanoTime();
            } else {
                bytes += ours.stream().mapToLong(record -> record.value().length).sum();
            }
            for (var record : ours) {
                if (closings.contains(record.key())) {
                    closed++;
                    expected += announced.applyAsLong(record);
                } else {
                    records++;
                }
            }
        }
        return new Seen(records, bytes, (System.nanoTime() - start) / 1e9);
    }

    private List<ConsumerRecord<String, byte[]>> ours() {
        var found = new ArrayList<ConsumerRecord<String, byte[]>>();
        for (var record : consumer.poll(POLL)) {
            if (record.key().startsWith(prefix)) {
                found.add(record);
            }
        }
        return found;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
