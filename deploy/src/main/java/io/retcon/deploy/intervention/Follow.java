package io.retcon.deploy.intervention;

import static java.util.Objects.requireNonNull;

import io.retcon.deploy.cli.ProgressLine;
import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.record.Effects;
import io.retcon.schemas.record.Progress;
import io.retcon.schemas.record.Reject;
import io.retcon.schemas.topic.Cluster;
import io.retcon.schemas.topic.Topic;
import io.retcon.schemas.topic.TopicCatalogue;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Follows one intervention through its stages until its effects are published. */
public final class Follow {
    private static final Duration POLL = Duration.ofMillis(200);

    private final Cluster cluster;
    private final ProgressLine line;

    public Follow(Cluster cluster, ProgressLine line) {
        this.cluster = requireNonNull(cluster, "cluster is null");
        this.line = requireNonNull(line, "line is null");
    }

    /**
     * Blocks until the effects are there.
     *
     * @throws RefusedInput if a stage refused the intervention
     */
    public Effects effectsOf(String intervention) {
        try (var consumer = cluster.consumer()) {
            var topics =
                    List.of(
                            partition(TopicCatalogue.PROGRESS),
                            partition(TopicCatalogue.EFFECTS),
                            partition(TopicCatalogue.REJECTS));
            consumer.assign(topics);
            consumer.seekToBeginning(topics);
            while (true) {
                for (var record : consumer.poll(POLL)) {
                    var effects = heard(record, intervention);
                    if (effects.isPresent()) {
                        return effects.get();
                    }
                }
            }
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
