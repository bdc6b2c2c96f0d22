package io.retcon.deploy.intervention;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.record.Intervention;
import io.retcon.schemas.spec.InterventionSpec;
import io.retcon.schemas.spec.SpecText;
import io.retcon.schemas.spec.StandingSpec;
import io.retcon.schemas.topic.Cluster;
import io.retcon.schemas.topic.TopicCatalogue;
import io.retcon.schemas.topic.TopicTable;
import io.retcon.streams.validation.RunFacts;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;

import java.util.concurrent.ExecutionException;

/** Publishes specs as interventions. */
public final class Publication {
    private final Cluster cluster;

    public Publication(Cluster cluster) {
        this.cluster = requireNonNull(cluster, "cluster is null");
    }

    /**
     * Checks the spec against the topics, pins its checkpoints and publishes it; one that is there
     * already is left as it is.
     *
     * @throws RefusedInput where the spec asks for what is not there, its name is taken, or it was
     *     refused before
     */
    public Intervention publish(InterventionSpec spec) {
        var text = new SpecText(RunFacts.read(cluster, spec.run()).pinned(spec));
        return publish(new Intervention(text.id(), spec.name(), text.yaml()));
    }

    /**
     * Publishes a template for the checkpoints that come after those that are there; one that is
     * there already is left as it is.
     *
     * @throws RefusedInput where the run has no history, or the name is taken
     */
    public Intervention publish(StandingSpec spec) {
        long newest = RunFacts.read(cluster, spec.run()).newestCheckpoint();
        return publish(spec.pinnedAfter(newest).published());
    }

    private Intervention publish(Intervention intervention) {
        var there = TopicTable.read(cluster, TopicCatalogue.INTERVENTIONS);
        there.values().stream()
                .filter(other -> other.getName().equals(intervention.getName()))
                .filter(other -> !other.getId().equals(intervention.getId()))
                .findFirst()
                .ifPresent(
                        other -> {
                            throw new RefusedInput(
                                    "the name '%s' belongs to intervention %s, whose spec is another: give this one another name"
                                            .formatted(intervention.getName(), other.getId()));
                        });
        if (there.containsKey(intervention.getId())) {
            checkNotRefused(intervention);
        } else {
            send(intervention);
        }
        return intervention;
    }

    /** One spec is answered once, and its id is what it says. */
    private void checkNotRefused(Intervention intervention) {
        var id = intervention.getId();
        if (TopicTable.read(cluster, TopicCatalogue.EFFECTS).containsKey(id)) {
            return;
        }
        TopicTable.scan(
                cluster,
                TopicCatalogue.REJECTS,
                (key, reject) -> {
                    if (reject.getKey().filter(id::equals).isPresent()) {
                        throw new RefusedInput(
                                "intervention %s was refused before: %s; where that is mended, publish it under another name"
                                        .formatted(id, reject.getReason()));
                    }
                });
    }

    /** One record needs no transaction, whose id two publishers would take from each other. */
    private void send(Intervention intervention) {
        var topic = TopicCatalogue.INTERVENTIONS;
        var value = cluster.serde(topic).serializer().serialize(topic.name(), intervention);
        try (var producer = cluster.producer()) {
            producer.send(new ProducerRecord<>(topic.name(), intervention.getId(), value)).get();
        } catch (ExecutionException e) {
            throw new KafkaException(
                    "the intervention did not reach Kafka: " + e.getCause().getMessage(),
                    e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptException("interrupted while an intervention was published", e);
        }
    }
}
