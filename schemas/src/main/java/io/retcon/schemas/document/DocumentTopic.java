package io.retcon.schemas.document;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.json.Fields;
import io.retcon.schemas.json.KeptFields;
import io.retcon.schemas.topic.Cluster;
import io.retcon.schemas.topic.TopicReader;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

/**
 * Documents in a topic of the user's own, each value a JSON object as in a {@link DocumentFile};
 * one that comes again under an id replaces the earlier, and a null value changes nothing.
 */
public record DocumentTopic(Cluster cluster, String name) {
    private static final KeptFields FIELDS = new KeptFields(Set.of("id", "text"));

    public DocumentTopic {
        requireNonNull(cluster, "cluster is null");
        requireNonNull(name, "name is null");
    }

    /**
     * All that the topic holds now, by id.
     *
     * @param taken told of each document that is read; may throw to end
     * @throws RefusedInput if there is no such topic, or a record is no document
     */
    public List<Document> read(Consumer<Document> taken) {
        var found = new TreeMap<String, Document>();
        for (int partition = 0; partition < partitions(); partition++) {
            try (var reader = TopicReader.wholePartition(cluster, name, partition)) {
                for (var next = reader.next(); next.isPresent(); next = reader.next()) {
                    if (next.get().value() != null) {
                        var document = document(next.get());
                        taken.accept(document);
                        found.put(document.id(), document);
                    }
                }
            }
        }
        return List.copyOf(found.values());
    }

    private int partitions() {
        try (var admin = cluster.admin()) {
            return admin.describeTopics(List.of(name))
                    .allTopicNames()
                    .get()
                    .get(name)
                    .partitions()
                    .size();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                throw new RefusedInput(
                        "the cluster has no topic '%s': check the name".formatted(name), e);
            }
            throw new IllegalStateException("topic %s can't be asked for".formatted(name), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a topic was asked for", e);
        }
    }

    private Document document(ConsumerRecord<String, byte[]> record) {
        try {
            var fields = new Fields(FIELDS.of(record.value()));
            return new Document(fields.name("id"), fields.text("text"));
        } catch (RefusedInput e) {
            throw refused(record, e.getMessage(), e);
        }
    }

    private RefusedInput refused(
            ConsumerRecord<String, byte[]> record, String why, Exception cause) {
        return new RefusedInput(
                "topic %s, partition %d, offset %d: %s"
                        .formatted(name, record.partition(), record.offset(), why),
                cause);
    }
}
