package io.retcon.deploy.log;

import org.slf4j.event.Level;

import java.util.Map;

/** What is worth a place in a log: Kafka at INFO writes 7,000 lines a start. */
public final class LogLevels {
    /** By the beginning of the logger's name; the longest that fits decides. */
    public static final Map<String, Level> BY_NAME =
            Map.of(
                    "org.apache.kafka", Level.WARN,
                    "kafka", Level.WARN,
                    "org.apache.kafka.streams.KafkaStreams", Level.INFO,
                    "kafka.server.KafkaRaftServer", Level.INFO);

    public static final Level OTHERWISE = Level.INFO;

    private LogLevels() {}

    static Level of(String logger) {
        for (var name = logger;
                !name.isEmpty();
                name = name.substring(0, Math.max(0, name.lastIndexOf('.')))) {
            if (BY_NAME.containsKey(name)) {
                return BY_NAME.get(name);
            }
        }
        return OTHERWISE;
    }
}
