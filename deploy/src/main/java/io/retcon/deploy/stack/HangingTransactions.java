package io.retcon.deploy.stack;

import static java.util.Objects.requireNonNull;

import org.apache.kafka.clients.admin.AbortTransactionSpec;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.common.TopicPartition;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

    /** Aborts every one of them; to be called while no producer is at work. */
    void abort() throws ExecutionException, InterruptedException {
        var known = known();
        var producers = admin.describeProducers(partitions()).all().get();
        for (var partition : producers.entrySet()) {
            for (var producer : partition.getValue().activeProducers()) {
                boolean open = producer.currentTransactionStartOffset().isPresent();
                if (open && !holds(known.get(producer.producerId()), partition.getKey())) {
                    abort(partition.getKey(), producer);
                }
            }
        }
    }

    private static boolean holds(TransactionDescription transaction, TopicPartition partition) {
        return transaction != null && transaction.topicPartitions().contains(partition);
    }

    private void abort(TopicPartition partition, ProducerState producer)
            throws ExecutionException, InterruptedException {
        admin.abortTransaction(
                        new AbortTransactionSpec(
                                partition,
                                producer.producerId(),
                                (short) producer.producerEpoch(),
                                producer.coordinatorEpoch().orElse(0)))
                .all()
                .get();
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
