package io.retcon.schemas.serde;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.topic.Cluster;
import io.retcon.schemas.topic.TopicReader;

import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.SerializationException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Schema ids kept in a compacted topic: the registry of a stack that has none. Thread-safe. */
public final class TopicSchemas implements Schemas {
    /** Key: the id in decimal. Value: {@code {"subject", "id", "schema"}} as JSON. */
    public static final String TOPIC = "retcon.schemas";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Cluster cluster;
    private final ContentAddressedSchemas ids = new ContentAddressedSchemas();
    private final Set<Integer> registered = ConcurrentHashMap.newKeySet();

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

    /** What is no schema there is left out: whoever meets its id is told that there is none. */
    private void load() {
        try (var reader = TopicReader.wholePartition(cluster, TOPIC, 0)) {
            for (var record = reader.next(); record.isPresent(); record = reader.next()) {
                schema(record.get().value()).ifPresent(known -> registered.add(ids.idOf(known)));
            }
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
