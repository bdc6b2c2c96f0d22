package io.retcon.retrainer.retraining;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.record.Retraining;
import io.retcon.schemas.record.RetrainingState;
import io.retcon.schemas.topic.Cluster;
import io.retcon.schemas.topic.Keys;
import io.retcon.schemas.topic.TopicCatalogue;

import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The retrainings that fall to this worker, one at a time: a record's offset is committed once its
 * retraining is done, and while one runs the partitions are paused but still polled, so that the
 * group keeps the worker. Used by one thread.
 */
final class Claims implements ConsumerRebalanceListener, AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);

    private final Consumer<String, byte[]> consumer;
    private final Deserializer<Retraining> values;
    private final Predicate<String> finished;
    private final WorkerGroup work;
    private Optional<Claim> current = Optional.empty();

    /** A retraining that is this worker's, and where its record lies. */
    record Claim(Retraining retraining, TopicPartition partition, long offset) {}

    /**
     * @param members makes the consumer that is a member of the workers' group
     * @param work what this worker can do
     */
    Claims(Cluster cluster, Cluster members, WorkerGroup work) {
        this(
                requireNonNull(members, "members is null").consumer(work.name()),
                cluster.serde(TopicCatalogue.RETRAININGS).deserializer(),
                new FinishedRetrainings(cluster)::contains,
                work);
    }

    Claims(
            Consumer<String, byte[]> consumer,
            Deserializer<Retraining> values,
            Predicate<String> finished,
            WorkerGroup work) {
        this.consumer = requireNonNull(consumer, "consumer is null");
        this.values = requireNonNull(values, "values is null");
        this.finished = requireNonNull(finished, "finished is null");
        this.work = requireNonNull(work, "work is null");
        consumer.subscribe(List.of(TopicCatalogue.RETRAININGS.name()), this);
    }

    /** The retraining to work on, if any; the same until it is settled or lost. */
    Optional<Claim> poll() {
        var records = consumer.poll(POLL);
        if (current.isEmpty()) {
            claimFirst(records);
        }
        return current;
    }

    private void claimFirst(ConsumerRecords<String, byte[]> records) {
        for (var partition : records.partitions()) {
            if (!holds(partition)) {
                continue;
            }
            for (var record : records.records(partition)) {
                if (current.isEmpty()) {
                    current = claim(record, partition);
                }
                if (current.isPresent()) {
                    consumer.seek(partition, record.offset());
                    break;
                }
            }
            commit(partition, consumer.position(partition));
        }
        if (current.isPresent()) {
            consumer.pause(consumer.assignment());
        }
    }

    private Optional<Claim> claim(ConsumerRecord<String, byte[]> record, TopicPartition partition) {
        Retraining retraining;
        try {
            retraining = values.deserialize(record.topic(), record.value());
            Keys.check(record.key(), retraining);
        } catch (SerializationException | RefusedInput foreign) {
            // The stage that estimates effects reports it in retcon.rejects.
            return Optional.empty();
        }
        if (retraining == null
                || retraining.getState() != RetrainingState.PENDING
                || !work.does(retraining.getRetrain())
                || finished.test(record.key())) {
            return Optional.empty();
        }
        return Optional.of(new Claim(retraining, partition, record.offset()));
    }

    /** The claim is done with: its record will not be read again. */
    void settle(Claim claim) {
        if (current.filter(claim::equals).isEmpty()) {
            return;
        }
        current = Optional.empty();
        if (!holds(claim.partition())) {
            return;
        }
        consumer.seek(claim.partition(), claim.offset() + 1);
        commit(claim.partition(), claim.offset() + 1);
        consumer.resume(consumer.paused());
    }

    /** A commit may tell of a rebalance too: what polled before may be another worker's by now. */
    private boolean holds(TopicPartition partition) {
        return consumer.assignment().contains(partition);
    }

    private void commit(TopicPartition partition, long offset) {
        try {
            consumer.commitSync(Map.of(partition, new OffsetAndMetadata(offset)));
        } catch (CommitFailedException | RebalanceInProgressException e) {
            // Read again, the record is found finished.
            return;
        }
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {}

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        if (current.isEmpty()) {
            return;
        }
        if (consumer.assignment().contains(current.get().partition())) {
            consumer.pause(consumer.assignment());
        } else {
            current = Optional.empty();
        }
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        if (current.filter(claim -> partitions.contains(claim.partition())).isPresent()) {
            current = Optional.empty();
            consumer.resume(consumer.paused());
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
