package io.retcon.indexer.window;

import io.retcon.schemas.topic.Cluster;

import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;

import java.util.Map;
import java.util.function.Consumer;

/**
 * Writes all that follows from one consumed record together with the position after it, so that
 * both are there or neither: a record is answered exactly once. Making this fences off whoever
 * answered for the group before, and takes back what that one left unfinished. Not thread-safe.
 */
final class Answers implements AutoCloseable {
    private final Producer<String, byte[]> producer;
    private final ConsumerGroupMetadata group;

    Answers(Cluster cluster, String group) {
        this.group = new ConsumerGroupMetadata(group);
        this.producer = cluster.transactionalProducer(group);
        try {
            producer.initTransactions();
        } catch (RuntimeException e) {
            producer.close();
            throw e;
        }
    }

    /**
     * @param answer gives its records to the consumer that it gets
     */
    void commit(
            ConsumerRecord<String, byte[]> question,
            Consumer<Consumer<ProducerRecord<String, byte[]>>> answer) {
        long start = System.nanoTime();
        try {
            producer.beginTransaction();
            answer.accept(producer::send);
            producer.sendOffsetsToTransaction(
                    Map.of(
                            new TopicPartition(question.topic(), question.partition()),
                            new OffsetAndMetadata(question.offset() + 1)),
                    group);
            producer.commitTransaction(); // Throws if any record was not written.
        } catch (ProducerFencedException e) {
            if (System.nanoTime() - start < Cluster.TRANSACTION_TIMEOUT.toNanos()) {
                throw e;
            }
            throw new TimeoutException("the broker aborted a transaction that took too long", e);
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
