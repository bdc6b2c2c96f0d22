package io.retcon.deploy.rights;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.topic.Topic;

import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What may be done with a resource of a Kafka cluster, or with all whose names begin so. */
public record Right(ResourcePattern resource, Set<AclOperation> operations) {
    public Right {
        requireNonNull(resource, "resource is null");
        operations = Collections.unmodifiableSet(EnumSet.copyOf(operations));
    }

    private static Right literal(ResourceType type, String name, AclOperation... operations) {
        return of(type, name, PatternType.LITERAL, operations);
    }

    private static Right prefixed(ResourceType type, String name, AclOperation... operations) {
        return of(type, name, PatternType.PREFIXED, operations);
    }

    private static Right of(
            ResourceType type, String name, PatternType pattern, AclOperation... operations) {
        return new Right(new ResourcePattern(type, name, pattern), Set.of(operations));
    }

    static Right read(String topic) {
        return literal(ResourceType.TOPIC, topic, AclOperation.READ);
    }

    static Right write(String topic) {
        return literal(ResourceType.TOPIC, topic, AclOperation.WRITE);
    }

    static List<Right> read(Topic<?>... topics) {
        return read(Arrays.asList(topics));
    }

    static List<Right> read(Collection<Topic<?>> topics) {
        return topics.stream().map(topic -> read(topic.name())).toList();
    }

    /** Knows that they are there, and how many partitions they have. */
    static List<Right> see(Collection<Topic<?>> topics) {
        return topics.stream()
                .map(topic -> literal(ResourceType.TOPIC, topic.name(), AclOperation.DESCRIBE))
                .toList();
    }

    static List<Right> write(Topic<?>... topics) {
        return Arrays.stream(topics).map(topic -> write(topic.name())).toList();
    }

    /** Takes part in a consumer group and commits its position. */
    static Right join(String group) {
        return literal(ResourceType.GROUP, group, AclOperation.READ);
    }

    /** Is a member of the groups whose names begin so. */
    static Right joinAny(String prefix) {
        return prefixed(ResourceType.GROUP, prefix, AclOperation.READ);
    }

    /** Sees how far the groups are whose names begin so. */
    static Right watchGroups(String prefix) {
        return prefixed(ResourceType.GROUP, prefix, AclOperation.DESCRIBE);
    }

    /** Writes in transactions under this id alone. */
    static Right transact(String id) {
        return literal(ResourceType.TRANSACTIONAL_ID, id, AclOperation.WRITE);
    }

    /** Writes in transactions under ids that begin so. */
    static Right transactAs(String prefix) {
        return prefixed(ResourceType.TRANSACTIONAL_ID, prefix, AclOperation.WRITE);
    }

    /**
     * Keeps topics of its own under names that begin so: makes them, and deletes records that it
     * has used up.
     */
    static Right own(String prefix) {
        return prefixed(
                ResourceType.TOPIC,
                prefix,
                AclOperation.CREATE,
                AclOperation.READ,
                AclOperation.WRITE,
                AclOperation.DELETE,
                AclOperation.DESCRIBE_CONFIGS);
    }
}
