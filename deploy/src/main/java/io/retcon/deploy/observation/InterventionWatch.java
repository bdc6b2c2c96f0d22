package io.retcon.deploy.observation;

import static io.retcon.schemas.topic.TopicCatalogue.EFFECTS;
import static io.retcon.schemas.topic.TopicCatalogue.PROGRESS;
import static io.retcon.schemas.topic.TopicCatalogue.REJECTS;

import static java.lang.System.Logger.Level.WARNING;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.retcon.schemas.topic.Cluster;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** Follows interventions by the topics, in a thread of its own, for as long as it is open. */
final class InterventionWatch implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(InterventionWatch.class.getName());
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final Cluster cluster;
    private final MeterRegistry registry;
    private final Counter rejects;
    private final Counter effects;
    private final Thread thread;
    private volatile boolean closed;

    private InterventionWatch(Cluster cluster, MeterRegistry registry) {
        this.cluster = cluster;
        this.registry = registry;
        this.rejects = registry.counter("retcon.rejects");
        this.effects = registry.counter("retcon.effects");
        this.thread = Thread.ofPlatform().name("observation").daemon().unstarted(this::work);
    }

    static InterventionWatch start(Cluster cluster, MeterRegistry registry) {
        var watch = new InterventionWatch(cluster, registry);
        watch.thread.start();
        return watch;
    }

    private void work() {
        while (!closed) {
            try {
                follow();
            } catch (KafkaException e) {
                LOG.log(WARNING, "metrics of interventions wait: {0}", e.getMessage());
                pause();
            }
        }
    }

    private void follow() {
        var interventions = new Interventions(registry);
        try (var consumer = cluster.consumer()) {
            var topics =
                    Stream.of(PROGRESS, EFFECTS, REJECTS)
                            .map(topic -> new TopicPartition(topic.name(), 0))
                            .toList();
            consumer.assign(topics);
            consumer.seekToBeginning(topics);
            consumer.seekToEnd(List.of(new TopicPartition(REJECTS.name(), 0)));
            while (!closed) {
                for (var record : consumer.poll(POLL)) {
                    heard(record, interventions);
                }
                interventions.show();
            }
        }
    }

    private void heard(ConsumerRecord<String, byte[]> record, Interventions interventions) {
        if (record.value() == null) {
            return;
        }
        if (record.topic().equals(EFFECTS.name())) {
            interventions.ended(record.key());
            effects.increment();
        } else if (record.topic().equals(REJECTS.name())) {
            interventions.ended(record.key());
            rejects.increment();
        } else {
            try {
                interventions.heard(
                        cluster.serde(PROGRESS)
                                .deserializer()
                                .deserialize(PROGRESS.name(), record.value()),
                        Instant.now());
            } catch (SerializationException foreign) {
                LOG.log(WARNING, "no progress: {0}", foreign.getMessage());
            }
        }
    }

    private void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closed = true;
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join(POLL.multipliedBy(3));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
