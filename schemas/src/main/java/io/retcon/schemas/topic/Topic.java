package io.retcon.schemas.topic;

import static java.util.Objects.requireNonNull;

import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

/**
 * One topic of the contract: its name, what its values are, how it is partitioned and cleaned up.
 */
public record Topic<V extends SpecificRecord>(
        String name, Class<V> type, Schema schema, Partitions partitions, CleanUp cleanUp) {

    /** How many partitions a topic gets when Retcon creates it. */
    public enum Partitions {
        /** One: few records, read whole. */
        ONE,
        /** As many as the stack is told: the data lies spread over them. */
        DATA
    }

    /** What the broker may throw away. */
    public enum CleanUp {
        KEEP,
        COMPACT
    }

    public Topic {
        requireNonNull(name, "name is null");
        requireNonNull(type, "type is null");
        requireNonNull(schema, "schema is null");
        requireNonNull(partitions, "partitions is null");
        requireNonNull(cleanUp, "cleanUp is null");
    }

    /** The registry's name for the schema of this topic's values. */
    public String subject() {
        return name + "-value";
    }
}
