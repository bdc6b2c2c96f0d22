package io.retcon.schemas.topic;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.serde.TopicSchemas;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Makes the contract's topics and waits until each partition has a leader. */
public final class TopicCreation {
    /** Largest record the contract needs: a tokenizer, or a long sequence with its lineage. */
    static final int MAX_RECORD_BYTES = 16 << 20;

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final int dataPartitions;
    private final short replication;

    public TopicCreation(int dataPartitions, short replication) {
        if (dataPartitions < 1 || replication < 1) {
            throw new IllegalArgumentException("partitions and replication must be positive");
        }
        this.dataPartitions = dataPartitions;
        this.replication = replication;
    }

    /**
     * Creates what is missing; topics that exist stay as they are, and those that this user may not
     * see are others' concern.
     *
     * @throws RefusedInput if one is missing and this user may not create it
     */
    public void createMissing(Admin admin) {
        var visible = new ArrayList<String>();
        var missing = new ArrayList<NewTopic>();
        try {
            var described =
                    admin.describeTopics(topics().map(NewTopic::name).toList()).topicNameValues();
            for (var topic : topics().toList()) {
                switch (standing(described.get(topic.name()))) {
                    case THERE -> visible.add(topic.name());
                    case MISSING -> {
                        visible.add(topic.name());
                        missing.add(topic);
                    }
                    case HIDDEN -> {}
                }
            }
            for (var created : admin.createTopics(missing).values().values()) {
                await(created);
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
        awaitLeaders(admin, visible);
    }

    /** Every topic of the contract, and the one that keeps its schemas, as they are made. */
    public Stream<NewTopic> topics() {
        return Stream.concat(
                Stream.of(topic(TopicSchemas.TOPIC, 1, Topic.CleanUp.COMPACT)),
                TopicCatalogue.all().stream()
                        .map(
                                topic ->
                                        topic(
                                                topic.name(),
                                                topic.partitions() == Topic.Partitions.ONE
                                                        ? 1
                                                        : dataPartitions,
                                                topic.cleanUp())));
    }

    private enum Standing {
        THERE,
        MISSING,
        HIDDEN
    }

    private static Standing standing(KafkaFuture<?> described)
            throws ExecutionException, InterruptedException {
        try {
            described.get();
            return Standing.THERE;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return Standing.MISSING;
            }
            if (e.getCause() instanceof TopicAuthorizationException) {
                return Standing.HIDDEN;
            }
            throw e;
        }
    }

    private static void await(KafkaFuture<Void> created)
            throws ExecutionException, InterruptedException {
        try {
            created.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AuthorizationException) {
                throw new RefusedInput(
                        "topics of Retcon's are missing, and this user may not create them: have"
                                + " ./retcon cluster prepare run by one who may",
                        e);
            }
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
    }

    /**
     * Blocks until every partition answers for its offsets: before that an idempotent producer can
     * lose batches (KAFKA-15591).
     */
    private static void awaitLeaders(Admin admin, List<String> names) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                var described = admin.describeTopics(names).allTopicNames().get();
                var latest = new HashMap<TopicPartition, OffsetSpec>();
                described.forEach(
                        (name, topic) ->
                                IntStream.range(0, topic.partitions().size())
                                        .forEach(
                                                p ->
                                                        latest.put(
                                                                new TopicPartition(name, p),
                                                                OffsetSpec.latest())));
                admin.listOffsets(latest).all().get();
                return;
            } catch (ExecutionException e) {
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException(
                            "topics have no leaders after " + PATIENCE, e.getCause());
                }
                pause();
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static IllegalStateException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IllegalStateException("interrupted while topics were made", e);
    }

    private NewTopic topic(String name, int partitions, Topic.CleanUp cleanUp) {
        var config = new HashMap<String, String>();
        config.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(MAX_RECORD_BYTES));
        config.put(TopicConfig.RETENTION_MS_CONFIG, "-1");
        config.put(
                TopicConfig.CLEANUP_POLICY_CONFIG,
                cleanUp == Topic.CleanUp.COMPACT
                        ? TopicConfig.CLEANUP_POLICY_COMPACT
                        : TopicConfig.CLEANUP_POLICY_DELETE);
        return new NewTopic(name, Optional.of(partitions), Optional.of(replication))
                .configs(Map.copyOf(config));
    }
}
