package io.retcon.deploy.dashboard.board;

import io.retcon.schemas.topic.TopicCatalogue;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;

/**
 * Where the cluster's topics end and how far the components are behind.
 *
 * @param topics of the contract
 * @param groups the components' consumer groups
 */
public record ClusterState(List<OfTopic> topics, List<OfGroup> groups) {
    /**
     * A topic.
     *
     * @param records its offsets' sum: what is compacted away counts
     */
    public record OfTopic(String name, int partitions, long records) {}

    /**
     * A component's consumer group.
     *
     * @param behind records that it has not read yet, over all its partitions
     */
    public record OfGroup(String name, int partitions, long behind) {}

    private static final String OURS = "retcon-";

    public ClusterState {
        topics = List.copyOf(topics);
        groups = List.copyOf(groups);
    }

    static ClusterState read(Admin admin) throws ExecutionException, InterruptedException {
        var ends = ends(admin);
        return new ClusterState(topics(ends), groups(admin, ends));
    }

    private static Map<TopicPartition, Long> ends(Admin admin)
            throws ExecutionException, InterruptedException {
        var names = admin.listTopics().names().get();
        var wanted = new HashMap<TopicPartition, OffsetSpec>();
        admin.describeTopics(names.stream().filter(n -> n.startsWith("retcon")).toList())
                .allTopicNames()
                .get()
                .forEach(
                        (name, topic) ->
                                topic.partitions()
                                        .forEach(
                                                p ->
                                                        wanted.put(
                                                                new TopicPartition(
                                                                        name, p.partition()),
                                                                OffsetSpec.latest())));
        var ends = new HashMap<TopicPartition, Long>();
        admin.listOffsets(wanted).all().get().forEach((p, at) -> ends.put(p, at.offset()));
        return ends;
    }

    private static List<OfTopic> topics(Map<TopicPartition, Long> ends) {
        Set<String> ours =
                TopicCatalogue.all().stream().map(t -> t.name()).collect(Collectors.toSet());
        var partitions = new TreeMap<String, Integer>();
        var records = new TreeMap<String, Long>();
        ends.forEach(
                (partition, end) -> {
                    partitions.merge(partition.topic(), 1, Integer::sum);
                    records.merge(partition.topic(), end, Long::sum);
                });
        return partitions.entrySet().stream()
                .filter(e -> ours.contains(e.getKey()))
                .map(e -> new OfTopic(e.getKey(), e.getValue(), records.get(e.getKey())))
                .toList();
    }

    private static List<OfGroup> groups(Admin admin, Map<TopicPartition, Long> ends)
            throws ExecutionException, InterruptedException {
        var groups = new ArrayList<OfGroup>();
        var names =
                admin.listGroups().all().get().stream()
                        .map(GroupListing::groupId)
                        .filter(name -> name.startsWith(OURS))
                        .sorted()
                        .toList();
        for (var name : names) {
            var offsets =
                    admin.listConsumerGroupOffsets(name).partitionsToOffsetAndMetadata().get();
            long behind = 0;
            int partitions = 0;
            for (var entry : offsets.entrySet()) {
                if (entry.getValue() != null && ends.containsKey(entry.getKey())) {
                    behind += Math.max(0, ends.get(entry.getKey()) - entry.getValue().offset());
                    partitions++;
                }
            }
            groups.add(new OfGroup(name, partitions, behind));
        }
        return groups;
    }
}
