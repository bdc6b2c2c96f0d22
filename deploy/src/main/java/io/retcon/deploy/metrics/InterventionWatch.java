package io.retcon.deploy.metrics;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.retcon.schemas.topic.Cluster;
import io.retcon.schemas.topic.Topic;
import io.retcon.schemas.topic.TopicCatalogue;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.WakeupException;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** Reads the small topics as they grow, in a thread of its own, and keeps figures of them. */
final class InterventionWatch implements AutoCloseable {
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final List<Topic<?>> TOPICS =
            List.of(
                    TopicCatalogue.INTERVENTIONS,
                    TopicCatalogue.PROGRESS,
                    TopicCatalogue.EFFECTS,
                    TopicCatalogue.REJECTS);

    private record StageGauge(MultiGauge gauge, ToDoubleFunction<Movement.Stage> figure) {}

    private final Cluster cluster;
    private final Consumer<String, byte[]> consumer;
    private final Movement movement = new Movement(Clock.systemUTC());
    private final List<StageGauge> stages = new ArrayList<>();
    private final MultiGauge moved;
    private final Counter rejects;
    private final Thread thread;

    private InterventionWatch(Cluster cluster, MeterRegistry registry) {
        this.cluster = requireNonNull(cluster, "cluster is null");
        this.consumer = cluster.consumer();
        stage(registry, "done", "Units that a stage has done", Movement.Stage::done);
        stage(registry, "units", "Units that a stage has to do", Movement.Stage::total);
        stage(
                registry,
                "seconds",
                "Seconds from a stage's first to its last word",
                Movement.Stage::seconds);
        stage(
                registry,
                "tokens.per.second",
                "Tokens trained on a second, lately",
                Movement.Stage::tokensPerSecond);
        this.moved =
                MultiGauge.builder("retcon.intervention.moved.timestamp.seconds")
                        .description("When an intervention without effects last moved")
                        .register(registry);
        this.rejects =
                Counter.builder("retcon.rejects")
                        .description("Records that were refused, since the topic began")
                        .register(registry);
        Gauge.builder("retcon.interventions.open", movement, m -> m.open().size())
                .description("Interventions that have neither effects nor been refused")
                .strongReference(true)
                .register(registry);
        this.thread =
                Thread.ofPlatform().daemon().name("intervention-watch").unstarted(this::watch);
    }

    private void stage(
            MeterRegistry registry,
            String name,
            String description,
            ToDoubleFunction<Movement.Stage> figure) {
        var gauge =
                MultiGauge.builder("retcon.stage." + name)
                        .description(description)
                        .register(registry);
        stages.add(new StageGauge(gauge, figure));
    }

    static InterventionWatch start(Cluster cluster, MeterRegistry registry) {
        var watch = new InterventionWatch(cluster, registry);
        watch.thread.start();
        return watch;
    }

    private void watch() {
        try (consumer) {
            var partitions =
                    TOPICS.stream().map(topic -> new TopicPartition(topic.name(), 0)).toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (true) {
                var records = consumer.poll(POLL);
                records.forEach(this::hear);
                show();
            }
        } catch (WakeupException closed) {
            // As it was told to.
        } catch (KafkaException e) {
            movement.forget();
            show();
        }
    }

    private void hear(ConsumerRecord<String, byte[]> record) {
        if (record.topic().equals(TopicCatalogue.INTERVENTIONS.name())) {
            movement.published(record.key());
        } else if (record.topic().equals(TopicCatalogue.EFFECTS.name())) {
            movement.ended(record.key(), record.timestamp());
        } else if (record.topic().equals(TopicCatalogue.REJECTS.name())) {
            rejects.increment();
            value(TopicCatalogue.REJECTS, record)
                    .flatMap(reject -> reject.getKey())
                    .ifPresent(key -> movement.ended(key, record.timestamp()));
        } else {
            value(TopicCatalogue.PROGRESS, record)
                    .ifPresent(progress -> movement.moved(progress, record.timestamp()));
        }
    }

    private <V extends SpecificRecord> Optional<V> value(
            Topic<V> topic, ConsumerRecord<String, byte[]> record) {
        try {
            return Optional.ofNullable(
                    cluster.serde(topic).deserializer().deserialize(topic.name(), record.value()));
        } catch (SerializationException foreign) {
            return Optional.empty();
        }
    }

    private void show() {
        var known = movement.stages();
        for (var stage : stages) {
            stage.gauge()
                    .register(
                            known.stream()
                                    .map(
                                            s ->
                                                    MultiGauge.Row.of(
                                                            s.tags(),
                                                            stage.figure().applyAsDouble(s)))
                                    .toList(),
                            true);
        }
        moved.register(
                movement.open().stream()
                        .map(open -> MultiGauge.Row.of(open.tags(), open.movedMillis() / 1e3))
                        .toList(),
                true);
    }

    @Override
    public void close() throws InterruptedException {
        consumer.wakeup();
        thread.join();
    }
}
