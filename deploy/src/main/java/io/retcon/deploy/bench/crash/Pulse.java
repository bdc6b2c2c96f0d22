package io.retcon.deploy.bench.crash;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.topic.Cluster;
import io.retcon.schemas.topic.Keys;
import io.retcon.schemas.topic.Topic;
import io.retcon.schemas.topic.TopicCatalogue;
import io.retcon.schemas.topic.TopicTable;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Whether a cluster's stages move, and which interventions are done. Not thread-safe. */
final class Pulse implements AutoCloseable {
    private static final List<String> GROUPS =
            List.of("retcon-selection", "retcon-planning", "retcon-rewriting");
    private static final Duration POLL = Duration.ofMillis(20);

    private final Admin admin;
    private final Consumer<String, byte[]> rewrites;
    private final Set<String> closed = new HashSet<>();

    Pulse(Cluster cluster) {
        requireNonNull(cluster, "cluster is null");
        this.admin = cluster.admin();
        this.rewrites = cluster.consumer();
        var partitions = partitions(TopicCatalogue.REWRITES);
        rewrites.assign(partitions);
        rewrites.seekToBeginning(partitions);
    }

    /** Whether every arm of the intervention is closed in every partition. */
    boolean done(String intervention, List<String> arms) {
        for (var record : rewrites.poll(POLL)) {
            closed.add(record.key());
        }
        return arms.stream()
                .allMatch(
                        arm ->
                                IntStream.range(0, CrashCluster.PARTITIONS)
                                        .allMatch(
                                                p ->
                                                        closed.contains(
                                                                Keys.join(
                                                                        intervention,
                                                                        arm,
                                                                        "closing",
                                                                        p))));
    }

    /** Whether the indexer has answered for the intervention; false where nobody can say. */
    boolean matched(Cluster cluster, String intervention) {
        var last =
                TopicTable.read(cluster, TopicCatalogue.PROGRESS)
                        .get(Keys.join(intervention, "match"));
        return last != null && last.getTotal() > 0 && last.getDone() == last.getTotal();
    }

    /** A number that grows as the stages of a process work; empty where no broker says it. */
    OptionalLong of(String process) {
        try {
            long work = 0;
            if (!process.equals(CrashCluster.STREAMS)) {
                work += ends(TopicCatalogue.MATCHES, IsolationLevel.READ_UNCOMMITTED);
                work += ends(TopicCatalogue.PROGRESS, IsolationLevel.READ_UNCOMMITTED);
            }
            if (!process.equals(CrashCluster.INDEXER)) {
                work += ends(TopicCatalogue.PLANS, IsolationLevel.READ_COMMITTED);
                work += ends(TopicCatalogue.REWRITES, IsolationLevel.READ_COMMITTED);
                for (var group : GROUPS) {
                    work += committed(group);
                }
            }
            return OptionalLong.of(work);
        } catch (ExecutionException nobodyAnswers) {
            return OptionalLong.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return OptionalLong.empty();
        }
    }

    private long committed(String group) throws ExecutionException, InterruptedException {
        return admin
                .listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get()
                .values()
                .stream()
                .filter(offset -> offset != null)
                .mapToLong(OffsetAndMetadata::offset)
                .sum();
    }

    private long ends(Topic<?> topic, IsolationLevel isolation)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        partitions(topic).forEach(partition -> latest.put(partition, OffsetSpec.latest()));
        return admin
                .listOffsets(latest, new ListOffsetsOptions(isolation))
                .all()
                .get()
                .values()
                .stream()
                .mapToLong(end -> end.offset())
                .sum();
    }

    private static List<TopicPartition> partitions(Topic<?> topic) {
        int count = topic.partitions() == Topic.Partitions.ONE ? 1 : CrashCluster.PARTITIONS;
        return IntStream.range(0, count)
                .mapToObj(p -> new TopicPartition(topic.name(), p))
                .collect(Collectors.toList());
    }

    @Override
    public void close() {
        rewrites.close();
        admin.close(Duration.ofSeconds(2));
    }
}
