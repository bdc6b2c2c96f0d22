package io.retcon.deploy.dashboard.registry;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.retcon.deploy.dashboard.board.RegisteredSchema;
import io.retcon.schemas.serde.ContentAddressedSchemas;
import io.retcon.schemas.topic.TopicCatalogue;

import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Registered schemas by subject, in the order in which they were registered. Ids come from what a
 * schema is, so one that several subjects share was registered under the first of them alone: those
 * of the contract's topics are added.
 */
final class Subjects {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** One version of a subject. */
    record Version(String subject, int id, String schema) {
        Version {
            requireNonNull(subject, "subject is null");
            requireNonNull(schema, "schema is null");
        }

        boolean isSchema(Schema other) {
            return new Schema.Parser().parse(schema).equals(other);
        }
    }

    private final SortedMap<String, List<Version>> bySubject = new TreeMap<>();

    private Subjects() {}

    static Subjects of(Collection<RegisteredSchema> registered) {
        var subjects = new Subjects();
        registered.forEach(one -> subjects.add(one.subject(), one));
        var ids = new ContentAddressedSchemas();
        for (var topic : TopicCatalogue.all()) {
            int id = ids.idOf(topic.subject(), topic.schema());
            registered.stream()
                    .filter(one -> one.id() == id)
                    .forEach(one -> subjects.add(topic.subject(), one));
        }
        return subjects;
    }

    private void add(String subject, RegisteredSchema schema) {
        var versions = bySubject.computeIfAbsent(subject, fresh -> new ArrayList<>());
        if (versions.stream().noneMatch(version -> version.id() == schema.id())) {
            versions.add(new Version(subject, schema.id(), schema.schema()));
        }
    }

    Set<String> names() {
        return bySubject.keySet();
    }

    /** None where the subject is not known. */
    List<Version> versions(String subject) {
        return List.copyOf(bySubject.getOrDefault(subject, List.of()));
    }

    /** The schema in a request: {@code {"schema": "…"}}. */
    static Optional<Schema> schemaIn(String body) {
        try {
            var text = JSON.readTree(body).path("schema").asText("");
            return Optional.of(new Schema.Parser().parse(text));
        } catch (JsonProcessingException | AvroRuntimeException noSchema) {
            return Optional.empty();
        }
    }
}
