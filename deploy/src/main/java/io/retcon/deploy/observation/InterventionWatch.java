package io.retcon.deploy.observation;

import static io.retcon.schemas.topic.TopicCatalogue.EFFECTS;
import static io.retcon.schemas.topic.TopicCatalogue.PROGRESS;
import static io.retcon.schemas.topic.TopicCatalogue.REJECTS;

import static java.lang.System.Logger.Level.WARNING;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.retcon.schemas.record.Progress;
import io.retcon.schemas.record.Reject;
import io.retcon.schemas.topic.Cluster;
import io.retcon.schemas.topic.ClusterWait;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Follows interventions by the topics, in a thread of its own, for as long as it is open. */
final class InterventionWatch implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(InterventionWatch.class.getName());
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private record Values(Deserializer<Progress> progress, Deserializer<Reject> rejects) {}

    private final Cluster cluster;
    private final MeterRegistry registry;
    private final Counter rejects;
    private final Counter effects;
    private final Map<String, Long> uncounted = new HashMap<>();
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
        var wait = ClusterWait.logged("the metrics of interventions", () -> closed);
        while (!closed) {
            try {
                follow();
            } catch (KafkaException e) {
                wait.failed(e);
                pause();
            }
        }
    }

    private void follow() {
        var values =
                new Values(
                        cluster.serde(PROGRESS).deserializer(),
                        cluster.serde(REJECTS).deserializer());
        var interventions = new Interventions(registry);
        try (var consumer = cluster.consumer()) {
            var topics =
                    Stream.of(PROGRESS, EFFECTS, REJECTS)
                            .map(topic -> new TopicPartition(topic.name(), 0))
                            .toList();
            consumer.assign(topics);
            consumer.seekToBeginning(topics);
            consumer.endOffsets(topics)
                    .forEach((topic, end) -> uncounted.putIfAbsent(topic.topic(), end));
            while (!closed) {
                for (var record : consumer.poll(POLL)) {
                    heard(record, values, interventions);
                }
                interventions.show();
            }
        }
    }

    private void heard(
            ConsumerRecord<String, byte[]> record, Values values, Interventions interventions) {
        if (record.value() == null) {
            return;
        }
        if (record.topic().equals(EFFECTS.name())) {
            interventions.ended(record.key());
            count(record, effects);
        } else if (record.topic().equals(REJECTS.name())) {
            value(values.rejects(), record).flatMap(Reject::getKey).ifPresent(interventions::ended);
            count(record, rejects);
        } else {
            value(values.progress(), record)
                    .ifPresent(said -> interventions.heard(said, Instant.now()));
        }
    }

    /** Once, and only what came since this process began: the rest was news to another. */
    private void count(ConsumerRecord<String, byte[]> record, Counter counter) {
        if (record.offset() >= uncounted.get(record.topic())) {
            uncounted.put(record.topic(), record.offset() + 1);
            counter.increment();
        }
    }

    private static <V> Optional<V> value(
            Deserializer<V> values, ConsumerRecord<String, byte[]> record) {
        try {
            return Optional.of(values.deserialize(record.topic(), record.value()));
        } catch (SerializationException foreign) {
            LOG.log(WARNING, "{0} is left out: {1}", record.topic(), foreign.getMessage());
            return Optional.empty();
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
