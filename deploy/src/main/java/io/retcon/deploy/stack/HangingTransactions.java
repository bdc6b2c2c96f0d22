package io.retcon.deploy.stack;

import static java.util.Objects.requireNonNull;

import org.apache.kafka.clients.admin.AbortTransactionSpec;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.common.TopicPartition;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;

/**
 * Transactions that a partition holds open and the coordinator knows nothing of: a broker killed
 * with its producers can leave one, and whoever reads the partition's committed records, or commits
 * offsets there, then waits for ever. What `kafka-transactions.sh find-hanging` and `abort` do by
 * hand.
 */
final class HangingTransactions {
    private final Admin admin;

    HangingTransactions(Admin admin) {
        this.admin = requireNonNull(admin, "admin is null");
    }

    /** One that a partition holds open. */
    record Hanging(
            TopicPartition partition, long producer, int epoch, int coordinator, long start) {}

    /** Aborts every one of them; to be called while no producer is at work. */
    void abort() throws ExecutionException, InterruptedException {
        abort(find());
    }

    void abort(Set<Hanging> hanging) throws ExecutionException, InterruptedException {
        for (var each : hanging) {
            admin.abortTransaction(
                            new AbortTransactionSpec(
                                    each.partition(),
                                    each.producer(),
                                    (short) each.epoch(),
                                    each.coordinator()))
                    .all()
                    .get();
        }
    }

    /** Also those that began at this very moment, of which the coordinator hears in a moment. */
    Set<Hanging> find() throws ExecutionException, InterruptedException {
        var known = known();
        var hanging = new HashSet<Hanging>();
        var producers = admin.describeProducers(partitions()).all().get();
        for (var partition : producers.entrySet()) {
            for (var producer : partition.getValue().activeProducers()) {
                var start = producer.currentTransactionStartOffset();
                boolean open = start.isPresent();
                if (open && !holds(known.get(producer.producerId()), partition.getKey())) {
                    hanging.add(
                            new Hanging(
                                    partition.getKey(),
                                    producer.producerId(),
                                    producer.producerEpoch(),
                                    producer.coordinatorEpoch().orElse(0),
                                    start.getAsLong()));
                }
            }
        }
        return hanging;
    }

    private static boolean holds(TransactionDescription transaction, TopicPartition partition) {
        return transaction != null && transaction.topicPartitions().contains(partition);
    }

    private Map<Long, TransactionDescription> known()
            throws ExecutionException, InterruptedException {
        var listed = admin.listTransactions().all().get();
        var described =
                admin.describeTransactions(
                                listed.stream().map(TransactionListing::transactionalId).toList())
                        .all()
                        .get();
        var known = new HashMap<Long, TransactionDescription>();
        described.values().forEach(transaction -> known.put(transaction.producerId(), transaction));
        return known;
    }

    private List<TopicPartition> partitions() throws ExecutionException, InterruptedException {
        var names = admin.listTopics(new ListTopicsOptions().listInternal(true)).names().get();
        var partitions = new ArrayList<TopicPartition>();
        admin.describeTopics(names)
                .allTopicNames()
                .get()
                .forEach(
                        (name, topic) ->
                                IntStream.range(0, topic.partitions().size())
                                        .mapToObj(p -> new TopicPartition(name, p))
                                        .forEach(partitions::add));
        return partitions;
    }
}
