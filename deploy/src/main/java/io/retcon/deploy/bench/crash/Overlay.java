package io.retcon.deploy.bench.crash;

import io.retcon.schemas.Sha256;
import io.retcon.schemas.record.Rewrite;
import io.retcon.schemas.record.Truncation;
import io.retcon.schemas.topic.Cluster;
import io.retcon.schemas.topic.Topic;
import io.retcon.schemas.topic.TopicCatalogue;
import io.retcon.schemas.topic.TopicReader;
import io.retcon.schemas.topic.TopicTable;

import org.apache.kafka.common.serialization.Deserializer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What readers of committed records find: for every intervention and arm its rewritten sequences in
 * order of g, and how many records the topics before hold.
 *
 * @param arms intervention and arm to what it changed
 * @param records topic to committed records
 */
record Overlay(SortedMap<String, ArmOverlay> arms, SortedMap<String, Long> records) {
    private static final List<Topic<?>> COUNTED =
            List.of(
                    TopicCatalogue.SELECTIONS,
                    TopicCatalogue.MATCHES,
                    TopicCatalogue.PLANS,
                    TopicCatalogue.REWRITES,
                    TopicCatalogue.RETRAININGS,
                    TopicCatalogue.REJECTS);

    /**
     * One arm's.
     *
     * @param sha256 over the records, tokens and lineage alike, in order of step and sequence
     * @param closings partitions that say they are whole
     */
    record ArmOverlay(long sequences, long replaced, long truncated, int closings, String sha256) {}

    /** A record with what orders it: closing records come after the last sequence. */
    private record Found(long step, int sequence, byte[] value, Rewrite rewrite) {}

    static Overlay read(Cluster cluster) {
        var values = cluster.serde(TopicCatalogue.REWRITES).deserializer();
        Map<String, List<Found>> found = new TreeMap<>();
        var records = new TreeMap<String, Long>();
        for (var topic : COUNTED) {
            records.put(topic.name(), 0L);
            for (int p = 0; p < TopicTable.partitions(cluster, topic); p++) {
                try (var reader = TopicReader.wholePartition(cluster, topic.name(), p)) {
                    for (var next = reader.next(); next.isPresent(); next = reader.next()) {
                        records.merge(topic.name(), 1L, Long::sum);
                        if (topic.equals(TopicCatalogue.REWRITES)) {
                            add(found, next.get().value(), values);
                        }
                    }
                }
            }
        }
        var arms = new TreeMap<String, ArmOverlay>();
        found.forEach((arm, all) -> arms.put(arm, overlay(all)));
        return new Overlay(arms, records);
    }

    private static void add(
            Map<String, List<Found>> found, byte[] value, Deserializer<Rewrite> values) {
        var rewrite = values.deserialize(TopicCatalogue.REWRITES.name(), value);
        found.computeIfAbsent(
                        rewrite.getIntervention() + " " + rewrite.getArm(),
                        arm -> new ArrayList<>())
                .add(
                        new Found(
                                rewrite.getStep().orElse(Long.MAX_VALUE),
                                rewrite.getSequence().orElse(Integer.MAX_VALUE),
                                value,
                                rewrite));
    }

    private static ArmOverlay overlay(List<Found> all) {
        all.sort(
                Comparator.comparingLong(Found::step)
                        .thenComparingInt(Found::sequence)
                        .thenComparing(Found::value, Arrays::compare));
        var sha = new Sha256();
        long sequences = 0;
        long replaced = 0;
        long truncated = 0;
        int closings = 0;
        for (var each : all) {
            sha.update(each.value());
            if (each.rewrite().getClosing().isPresent()) {
                closings++;
            } else {
                sequences++;
            }
            replaced += each.rewrite().getLineage().size();
            truncated +=
                    each.rewrite().getTruncated().stream().mapToLong(Truncation::getTokens).sum();
        }
        return new ArmOverlay(sequences, replaced, truncated, closings, sha.hex());
    }

    long sequences() {
        return arms.values().stream().mapToLong(ArmOverlay::sequences).sum();
    }

    /** Over all arms. */
    String sha256() {
        var sha = new Sha256();
        arms.forEach((arm, overlay) -> sha.update(arm).update(overlay.sha256()));
        return sha.hex();
    }

    /** One sentence for each thing in which this differs from what it should be. */
    List<String> differences(Overlay undisturbed) {
        var differences = new ArrayList<String>();
        compare(arms, undisturbed.arms, differences);
        compare(records, undisturbed.records, differences);
        return differences;
    }

    private static <V> void compare(
            SortedMap<String, V> ours, SortedMap<String, V> theirs, List<String> differences) {
        var names = new java.util.TreeSet<>(ours.keySet());
        names.addAll(theirs.keySet());
        for (var name : names) {
            if (!java.util.Objects.equals(ours.get(name), theirs.get(name))) {
                differences.add(
                        "%s: %s, undisturbed %s".formatted(name, ours.get(name), theirs.get(name)));
            }
        }
    }
}
