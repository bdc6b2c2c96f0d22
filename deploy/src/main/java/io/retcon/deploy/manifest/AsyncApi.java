package io.retcon.deploy.manifest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.retcon.deploy.rights.Right;
import io.retcon.deploy.rights.Rights;
import io.retcon.deploy.rights.RightsTable;
import io.retcon.schemas.topic.Topic;
import io.retcon.schemas.topic.TopicCatalogue;
import io.retcon.schemas.topic.TopicCreation;

import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The topics and their records as an AsyncAPI document, with who sends and receives what.
 *
 * @see <a href="https://www.asyncapi.com/docs/reference/specification/v3.0.0">AsyncAPI 3.0</a>
 */
final class AsyncApi {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String AVRO = "application/vnd.apache.avro+json;version=1.9.0";
    private static final String BINDING = "0.5.0";
    private static final int DATA_PARTITIONS = 4;

    private AsyncApi() {}

    static String text() {
        var made =
                new TopicCreation(DATA_PARTITIONS, (short) 1)
                        .topics()
                        .collect(Collectors.toMap(NewTopic::name, Function.identity()));
        var document = new LinkedHashMap<String, Object>();
        document.put("asyncapi", "3.0.0");
        document.put("info", info());
        document.put("servers", Map.of("embedded", server()));
        var channels = new LinkedHashMap<String, Object>();
        var messages = new LinkedHashMap<String, Object>();
        for (var topic : TopicCatalogue.all()) {
            channels.put(channel(topic), channel(topic, made.get(topic.name())));
            messages.put(topic.schema().getName(), message(topic));
        }
        document.put("channels", channels);
        document.put("operations", operations());
        document.put("components", Map.of("messages", messages));
        return Yaml.text(List.of(document));
    }

    private static Map<String, Object> info() {
        return ordered(
                "title",
                "Retcon's topics",
                "version",
                "0.1.0",
                "description",
                "The contract of Retcon's parts. Values are Avro in Confluent's framing: a zero"
                    + " byte, the schema's id (four bytes, big-endian), the record. On a compacted"
                    + " topic a record without a value takes back what its key said, and what was"
                    + " begun with it goes on; on the others it is refused.",
                "license",
                ordered(
                        "name",
                        "Apache License 2.0",
                        "url",
                        "https://www.apache.org/licenses/LICENSE-2.0"));
    }

    private static Map<String, Object> server() {
        return ordered(
                "host",
                "127.0.0.1:9192",
                "protocol",
                "kafka",
                "description",
                "The broker that ./retcon up starts; other clusters have the same topics.");
    }

    private static String channel(Topic<?> topic) {
        return topic.name().substring(topic.name().indexOf('.') + 1);
    }

    private static Map<String, Object> channel(Topic<?> topic, NewTopic made) {
        var configuration = new LinkedHashMap<String, Object>();
        configuration.put("cleanup.policy", List.of(made.configs().get("cleanup.policy")));
        configuration.put("retention.ms", number(made, "retention.ms"));
        configuration.put("max.message.bytes", number(made, "max.message.bytes"));
        var name = topic.schema().getName();
        return ordered(
                "address",
                topic.name(),
                "messages",
                Map.of(name, reference("components/messages", name)),
                "bindings",
                Map.of(
                        "kafka",
                        ordered(
                                "topic",
                                topic.name(),
                                "partitions",
                                made.numPartitions(),
                                "topicConfiguration",
                                configuration,
                                "bindingVersion",
                                BINDING)));
    }

    private static long number(NewTopic topic, String config) {
        return Long.parseLong(topic.configs().get(config));
    }

    private static Map<String, Object> message(Topic<?> topic) {
        return ordered(
                "name",
                topic.schema().getName(),
                "contentType",
                "avro/binary",
                "payload",
                ordered("schemaFormat", AVRO, "schema", schema(topic)),
                "bindings",
                Map.of(
                        "kafka",
                        ordered(
                                "key",
                                Map.of("type", "string"),
                                "schemaIdLocation",
                                "payload",
                                "schemaIdPayloadEncoding",
                                "4",
                                "bindingVersion",
                                BINDING)));
    }

    private static Map<String, Object> schema(Topic<?> topic) {
        try {
            return JSON.readValue(topic.schema().toString(), new TypeReference<>() {});
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(topic.name() + "'s schema is no JSON", e);
        }
    }

    /** Who may read a topic receives from it, who may write it sends. */
    private static Map<String, Object> operations() {
        var channels =
                TopicCatalogue.all().stream()
                        .collect(Collectors.toMap(Topic::name, AsyncApi::channel));
        var operations = new LinkedHashMap<String, Object>();
        for (var rights : RightsTable.all()) {
            for (var right : rights.rights()) {
                var channel = channels.get(right.resource().name());
                if (right.resource().resourceType() == ResourceType.TOPIC && channel != null) {
                    add(operations, rights, right, channel);
                }
            }
        }
        return operations;
    }

    private static void add(
            Map<String, Object> operations, Rights rights, Right right, String channel) {
        for (var operation : right.operations()) {
            if (operation == AclOperation.DESCRIBE) {
                continue;
            }
            var action = operation == AclOperation.WRITE ? "send" : "receive";
            operations.put(
                    String.join(".", rights.component(), action, channel),
                    ordered("action", action, "channel", reference("channels", channel)));
        }
    }

    private static Map<String, Object> reference(String where, String name) {
        return Map.of("$ref", "#/" + where + "/" + name);
    }

    /** Names and values in turn, in this order. */
    private static Map<String, Object> ordered(Object... parts) {
        var map = new LinkedHashMap<String, Object>();
        for (int i = 0; i < parts.length; i += 2) {
            map.put((String) parts[i], parts[i + 1]);
        }
        return map;
    }
}
