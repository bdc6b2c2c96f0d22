package io.retcon.retrainer.history;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.record.Rewrite;
import io.retcon.schemas.topic.Cluster;
import io.retcon.schemas.topic.Keys;
import io.retcon.schemas.topic.TopicCatalogue;
import io.retcon.schemas.topic.TopicReader;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;

import java.util.Optional;

/**
 * An arm's rewritten sequences in one partition, in order; complete only once its closing record
 * was seen and its count agrees. Not thread-safe.
 */
final class OverlayPartition implements AutoCloseable {
    private final Cluster cluster;
    private final String name;
    private final String keyPrefix;
    private final int partition;
    private final Deserializer<Rewrite> values;
    private final TopicReader reader;
    private Optional<Rewrite> next;
    private long seen;

    OverlayPartition(
            Cluster cluster, String intervention, String arm, int partition, long fromStep) {
        this.cluster = requireNonNull(cluster, "cluster is null");
        this.name = "arm '%s' of intervention %s".formatted(arm, intervention);
        this.keyPrefix = Keys.join(intervention, arm) + "|";
        this.partition = partition;
        this.values = cluster.serde(TopicCatalogue.REWRITES).deserializer();
        this.reader =
                TopicReader.fromStep(cluster, TopicCatalogue.REWRITES.name(), partition, fromStep);
        this.next = read();
    }

    /** The tokens' new state, if this sequence was rewritten; ask in training order. */
    Optional<Rewrite> take(long step, int sequence) {
        if (next.isEmpty()
                || next.get().getStep().orElseThrow() != step
                || next.get().getSequence().orElseThrow() != sequence) {
            return Optional.empty();
        }
        var found = next;
        next = read();
        return found;
    }

    /** To be called after the window's last sequence. */
    void checkAllTaken() {
        if (next.isPresent()) {
            throw new RefusedInput(
                    "%s has a rewritten sequence in partition %d that the window lacks: step %d sequence %d"
                            .formatted(
                                    name,
                                    partition,
                                    next.get().getStep().orElseThrow(),
                                    next.get().getSequence().orElseThrow()));
        }
    }

    /** The next rewritten sequence; empty after the closing record. */
    private Optional<Rewrite> read() {
        var found = read(reader);
        if (found.isEmpty()) {
            // An arm without changes here closes before the window's first step.
            try (var whole =
                    TopicReader.wholePartition(
                            cluster, TopicCatalogue.REWRITES.name(), partition)) {
                found = read(whole);
                while (found.isPresent() && found.get().getClosing().isEmpty()) {
                    found = read(whole);
                }
            }
        }
        if (found.isEmpty()) {
            throw new RefusedInput("%s is not closed in partition %d".formatted(name, partition));
        }
        var closing = found.get().getClosing();
        if (closing.isEmpty()) {
            seen++;
            return found;
        }
        if (closing.get().getRecords() != seen) {
            throw new RefusedInput(
                    "%s has %d rewritten sequences in partition %d where its closing record says %d"
                            .formatted(name, seen, partition, closing.get().getRecords()));
        }
        return Optional.empty();
    }

    private Optional<Rewrite> read(TopicReader from) {
        for (var record = from.next(); record.isPresent(); record = from.next()) {
            var found = rewrite(record.get());
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /** What is none of the arm's is passed over: the stage that schedules reports it. */
    private Optional<Rewrite> rewrite(ConsumerRecord<String, byte[]> record) {
        if (record.key() == null || record.value() == null || !record.key().startsWith(keyPrefix)) {
            return Optional.empty();
        }
        try {
            return Optional.of(values.deserialize(TopicCatalogue.REWRITES.name(), record.value()));
        } catch (SerializationException foreign) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        reader.close();
    }
}
