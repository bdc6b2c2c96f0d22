package io.retcon.deploy.demo;

import io.retcon.schemas.topic.Cluster;
import io.retcon.schemas.topic.TopicCatalogue;
import io.retcon.schemas.topic.TopicTable;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/** Where a cluster stands that does not move: how far each stage says it is, and who lags where. */
record Standstill(Cluster cluster) {
    List<String> words() throws ExecutionException, InterruptedException {
        var words = new ArrayList<String>();
        TopicTable.read(cluster, TopicCatalogue.PROGRESS)
                .forEach((key, p) -> words.add(key + " " + p.getDone() + " of " + p.getTotal()));
        TopicTable.read(cluster, TopicCatalogue.RETRAININGS)
                .forEach((key, retraining) -> words.add(key + " " + retraining.getState()));
        try (var admin = cluster.admin()) {
            for (var group : admin.listGroups().all().get()) {
                lags(admin, group, words);
            }
        }
        return words;
    }

    /** A committed end below the end is a transaction that is open. */
    private static void lags(Admin admin, GroupListing group, List<String> words)
            throws ExecutionException, InterruptedException {
        var id = group.groupId();
        words.add("group %s %s".formatted(id, group.groupState().orElse(null)));
        var offsets = admin.listConsumerGroupOffsets(id).partitionsToOffsetAndMetadata().get();
        var wanted = new HashMap<TopicPartition, OffsetSpec>();
        offsets.keySet().forEach(partition -> wanted.put(partition, OffsetSpec.latest()));
        var ends = ends(admin, wanted, IsolationLevel.READ_UNCOMMITTED);
        var committed = ends(admin, wanted, IsolationLevel.READ_COMMITTED);
        offsets.forEach(
                (partition, offset) -> {
                    if (offset == null || offset.offset() < ends.get(partition)) {
                        words.add(
                                "  %s at %s of %d, committed %d"
                                        .formatted(
                                                partition,
                                                offset == null ? "nothing" : offset.offset(),
                                                ends.get(partition),
                                                committed.get(partition)));
                    }
                });
    }

    private static Map<TopicPartition, Long> ends(
            Admin admin, Map<TopicPartition, OffsetSpec> wanted, IsolationLevel level)
            throws ExecutionException, InterruptedException {
        var ends = new HashMap<TopicPartition, Long>();
        admin.listOffsets(wanted, new ListOffsetsOptions(level))
                .all()
                .get()
                .forEach((partition, end) -> ends.put(partition, end.offset()));
        return ends;
    }
}
