package io.retcon.deploy.manifest;

import io.retcon.schemas.topic.TopicCreation;

import org.apache.kafka.clients.admin.NewTopic;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** The contract's topics as resources of the Strimzi operator. */
final class StrimziTopics {
    private static final int DATA_PARTITIONS = 4;
    private static final short REPLICAS = 3;

    private StrimziTopics() {}

    static String text() {
        return Yaml.text(
                new TopicCreation(DATA_PARTITIONS, REPLICAS)
                        .topics()
                        .sorted(Comparator.comparing(NewTopic::name))
                        .map(StrimziTopics::resource)
                        .toList());
    }

    private static Map<String, Object> resource(NewTopic topic) {
        var config = new TreeMap<String, Object>();
        topic.configs().forEach((key, value) -> config.put(key, number(value)));
        var spec = new LinkedHashMap<String, Object>();
        spec.put("partitions", topic.numPartitions());
        spec.put("replicas", (int) topic.replicationFactor());
        spec.put("config", config);
        return StrimziResource.of("KafkaTopic", topic.name(), spec);
    }

    private static Object number(String value) {
        return value.matches("-?[0-9]+") ? (Object) Long.parseLong(value) : value;
    }
}
