package io.retcon.deploy.bench.soak;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.topic.Cluster;
import io.retcon.schemas.topic.TopicCatalogue;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** Records that no stage can read, each of which must be reported as refused. Not thread-safe. */
final class Rubbish implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final String SENTENCE = "rubbish of a soak";

    private final Cluster cluster;
    private final Consumer<String, byte[]> rejects;
    private long sent;
    private long refused;

    Rubbish(Cluster cluster) {
        this.cluster = requireNonNull(cluster, "cluster is null");
        this.rejects = cluster.consumer();
        var all = List.of(new TopicPartition(TopicCatalogue.REJECTS.name(), 0));
        rejects.assign(all);
        rejects.seekToEnd(all);
        rejects.position(all.getFirst());
    }

    /** Records refused so far. */
    long refused() {
        return refused;
    }

    /** Seconds until the stages have refused {@code count} new records. */
    double refuse(int count) {
        long start = System.nanoTime();
        send(count);
        while (refused < sent) {
            refused += rejects.poll(POLL).count();
            if (System.nanoTime() - start > PATIENCE.toNanos()) {
                throw new IllegalStateException(
                        "of %d records that nobody can read %d are refused after %s"
                                .formatted(sent, refused, PATIENCE));
            }
        }
        return (System.nanoTime() - start) / 1e9;
    }

    private void send(int count) {
        try (var producer = cluster.producer()) {
            for (int i = 0; i < count; i++) {
                producer.send(
                        new ProducerRecord<>(
                                TopicCatalogue.INTERVENTIONS.name(),
                                "rubbish-" + sent++,
                                SENTENCE.getBytes(StandardCharsets.UTF_8)));
            }
        }
    }

    @Override
    public void close() {
        rejects.close();
    }
}
