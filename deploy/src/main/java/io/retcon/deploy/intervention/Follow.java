package io.retcon.deploy.intervention;

import static java.util.Objects.requireNonNull;

import io.retcon.deploy.cli.ProgressLine;
import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.record.Effects;
import io.retcon.schemas.record.Progress;
import io.retcon.schemas.record.Reject;
import io.retcon.schemas.topic.Cluster;
import io.retcon.schemas.topic.ClusterWait;
import io.retcon.schemas.topic.Topic;
import io.retcon.schemas.topic.TopicCatalogue;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Follows one intervention through its stages until its effects are published, also through the
 * cluster's absence, of which it says something once a minute.
 */
public final class Follow {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration SILENCE = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final UnaryOperator<Cluster> whereNow;
    private final ProgressLine line;
    private Cluster cluster;

    public Follow(Cluster cluster, ProgressLine line) {
        this(cluster, same -> same, line);
    }

    /**
     * @param whereNow asked for the cluster that stands for this one while it does not answer;
     *     throws where there is none
     */
    public Follow(Cluster cluster, UnaryOperator<Cluster> whereNow, ProgressLine line) {
        this.cluster = requireNonNull(cluster, "cluster is null");
        this.whereNow = requireNonNull(whereNow, "whereNow is null");
        this.line = requireNonNull(line, "line is null");
    }

    /**
     * Blocks until the effects are there.
     *
     * @throws RefusedInput if a stage refused the intervention
     */
    public Effects effectsOf(String intervention) {
        var wait = ClusterWait.told("the intervention", line::note);
        var found = Optional.<Effects>empty();
        while (found.isEmpty()) {
            found = wait.get(() -> follow(intervention, wait));
        }
        return found.get();
    }

    /** Empty where the cluster is another one since. */
    private Optional<Effects> follow(String intervention, ClusterWait wait) {
        try (var consumer = cluster.consumer()) {
            var topics =
                    List.of(
                            partition(TopicCatalogue.PROGRESS),
                            partition(TopicCatalogue.EFFECTS),
                            partition(TopicCatalogue.REJECTS));
            consumer.assign(topics);
            consumer.seekToBeginning(topics);
            long heardAt = System.nanoTime();
            while (true) {
                var records = consumer.poll(POLL);
                for (var record : records) {
                    var effects = heard(record, intervention);
                    if (effects.isPresent()) {
                        return effects;
                    }
                }
                if (!records.isEmpty()) {
                    heardAt = System.nanoTime();
                } else if (System.nanoTime() - heardAt > SILENCE.toNanos()) {
                    if (hasMoved(consumer, topics, wait)) {
                        return Optional.empty();
                    }
                    heardAt = System.nanoTime();
                }
            }
        }
    }

    /** A consumer does not say that nobody answers: it has to be asked. */
    private boolean hasMoved(
            Consumer<String, byte[]> consumer, List<TopicPartition> topics, ClusterWait wait) {
        try {
            consumer.endOffsets(topics, PATIENCE);
            return false;
        } catch (TimeoutException away) {
            wait.failed(away);
            var now = elsewhere(wait);
            boolean moved = now != cluster;
            if (moved) {
                line.note("the stack is back at " + now.bootstrapServers());
            }
            cluster = now;
            return moved;
        }
    }

    private Cluster elsewhere(ClusterWait wait) {
        try {
            return whereNow.apply(cluster);
        } catch (TimeoutException nowhere) {
            wait.failed(nowhere);
            return cluster;
        }
    }

    private Optional<Effects> heard(ConsumerRecord<String, byte[]> record, String intervention) {
        if (record.topic().equals(TopicCatalogue.EFFECTS.name())) {
            return intervention.equals(record.key())
                    ? value(TopicCatalogue.EFFECTS, record)
                    : Optional.empty();
        }
        if (record.topic().equals(TopicCatalogue.REJECTS.name())) {
            value(TopicCatalogue.REJECTS, record)
                    .filter(reject -> reject.getKey().filter(intervention::equals).isPresent())
                    .ifPresent(
                            reject -> {
                                throw refused(reject);
                            });
            return Optional.empty();
        }
        value(TopicCatalogue.PROGRESS, record)
                .filter(progress -> progress.getIntervention().equals(intervention))
                .ifPresent(this::show);
        return Optional.empty();
    }

    private void show(Progress progress) {
        var retraining =
                progress.getRetraining()
                        .map(id -> " %s-%d".formatted(id.getArm(), id.getReplicate()));
        var message = progress.getMessage().map(m -> ": " + m);
        line.update(progress.getStage() + retraining.orElse("") + message.orElse(""), progress);
    }

    private static RefusedInput refused(Reject reject) {
        return new RefusedInput("the intervention was refused: " + reject.getReason());
    }

    private static TopicPartition partition(Topic<?> topic) {
        return new TopicPartition(topic.name(), 0);
    }

    /** What is no record of the topic says nothing. */
    private <V extends SpecificRecord> Optional<V> value(
            Topic<V> topic, ConsumerRecord<String, byte[]> record) {
        try {
            return Optional.ofNullable(
                    cluster.serde(topic).deserializer().deserialize(topic.name(), record.value()));
        } catch (SerializationException foreign) {
            return Optional.empty();
        }
    }
}
