package io.retcon.schemas.serde;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.topic.Cluster;

import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.SerializationException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Schema ids kept in a compacted topic: the registry of a stack that has none. Thread-safe. */
public final class TopicSchemas implements Schemas {
    /** Key: the id in decimal. Value: {@code {"subject", "id", "schema"}} as JSON. */
    public static final String TOPIC = "retcon.schemas";

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final TopicPartition PARTITION = new TopicPartition(TOPIC, 0);
    private static final Duration POLL = Duration.ofMillis(200);

    private final Cluster cluster;
    private final ContentAddressedSchemas ids = new ContentAddressedSchemas();
    private final Set<Integer> registered = ConcurrentHashMap.newKeySet();
    private Consumer<String, byte[]> reading;

    public TopicSchemas(Cluster cluster) {
        this.cluster = requireNonNull(cluster, "cluster is null");
    }

    @Override
    public synchronized int idOf(String subject, Schema schema) {
        int id = ids.idOf(subject, schema);
        if (!registered.contains(id)) {
            load();
        }
        if (registered.add(id)) {
            register(subject, id, schema);
        }
        return id;
    }

    @Override
    public synchronized Schema byId(int id) {
        if (!registered.contains(id)) {
            load();
        }
        return ids.byId(id);
    }

    /**
     * Reads on to the topic's end. What is no schema there is left out: whoever meets its id is
     * told that there is none. The consumer stays open, because any record may name an unknown id.
     */
    private void load() {
        try {
            if (reading == null) {
                reading = cluster.consumer();
                reading.assign(List.of(PARTITION));
                reading.seekToBeginning(List.of(PARTITION));
            }
            long end = reading.endOffsets(List.of(PARTITION)).get(PARTITION);
            while (reading.position(PARTITION) < end) {
                for (var record : reading.poll(POLL)) {
                    schema(record.value()).ifPresent(known -> registered.add(ids.idOf(known)));
                }
            }
        } catch (RuntimeException e) {
            if (reading != null) {
                reading.close();
                reading = null;
            }
            throw e;
        }
    }

    private static Optional<Schema> schema(byte[] value) {
        if (value == null) {
            return Optional.empty();
        }
        try {
            var text = JSON.readTree(value).path("schema").asText();
            return Optional.of(new Schema.Parser().parse(text));
        } catch (IOException | AvroRuntimeException foreign) {
            return Optional.empty();
        }
    }

    private void register(String subject, int id, Schema schema) {
        var value =
                JSON.createObjectNode()
                        .put("subject", subject)
                        .put("id", id)
                        .put("schema", schema.toString());
        try (var producer = cluster.producer()) {
            var bytes = JSON.writeValueAsString(value).getBytes(StandardCharsets.UTF_8);
            producer.send(new ProducerRecord<>(TOPIC, Integer.toString(id), bytes)).get();
        } catch (java.util.concurrent.ExecutionException | JsonProcessingException e) {
            if (e.getCause() instanceof AuthorizationException) {
                throw new RefusedInput(
                        "the schema of %s is not registered, and this user may not register it: have ./retcon cluster prepare run by one who may"
                                .formatted(subject),
                        e);
            }
            throw new SerializationException("cannot register the schema of " + subject, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SerializationException("interrupted while registering " + subject, e);
        }
    }
}
