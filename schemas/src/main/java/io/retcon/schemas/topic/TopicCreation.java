package io.retcon.schemas.topic;

import io.retcon.schemas.serde.TopicSchemas;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;

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

    /** Creates what is missing; topics that exist stay as they are. */
    public void createMissing(Admin admin) {
        var topics = new ArrayList<NewTopic>();
        topics.add(topic(TopicSchemas.TOPIC, 1, Topic.CleanUp.COMPACT));
        for (var topic : TopicCatalogue.all()) {
            int partitions = topic.partitions() == Topic.Partitions.ONE ? 1 : dataPartitions;
            topics.add(topic(topic.name(), partitions, topic.cleanUp()));
        }
        admin.createTopics(topics)
                .values()
                .values()
                .forEach(
                        created -> {
                            try {
                                created.get();
                            } catch (ExecutionException e) {
                                if (!(e.getCause() instanceof TopicExistsException)) {
                                    throw new IllegalStateException(e.getCause());
                                }
                            } catch (InterruptedException e) {
                                throw interrupted(e);
                            }
                        });
        awaitLeaders(admin, topics.stream().map(NewTopic::name).toList());
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
