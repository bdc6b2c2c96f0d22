package io.retcon.retrainer.retraining;

import static org.assertj.core.api.Assertions.assertThat;

import io.retcon.schemas.record.RetrainSpec;
import io.retcon.schemas.record.Retraining;
import io.retcon.schemas.record.RetrainingId;
import io.retcon.schemas.record.RetrainingState;
import io.retcon.schemas.record.StepRange;
import io.retcon.schemas.topic.TopicCatalogue;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

class ClaimsTest {
    private static final TopicPartition FIRST =
            new TopicPartition(TopicCatalogue.RETRAININGS.name(), 0);
    private static final TopicPartition SECOND =
            new TopicPartition(TopicCatalogue.RETRAININGS.name(), 1);
    private static final byte[] WAITING = {1};
    private static final byte[] TOMBSTONE = {};

    private final RebalancedConsumer consumer = new RebalancedConsumer();
    private final Claims claims =
            new Claims(
                    consumer,
                    (topic, bytes) -> bytes.length == 0 ? null : retraining(),
                    key -> false,
                    new WorkerGroup("group", "nd4j", "cpu"));

    @Test
    void claimsARetrainingUntilItIsSettled() {
        // Given
        consumer.assign(FIRST, WAITING);

        // When
        var claim = claims.poll();

        // Then
        assertThat(claim).map(Claims.Claim::partition).contains(FIRST);
        assertThat(claims.poll()).isEqualTo(claim);
        claims.settle(claim.orElseThrow());
        assertThat(claims.poll()).isEmpty();
        assertThat(consumer.committed).containsEntry(FIRST, 1L);
    }

    /** Whichever of the two partitions is committed first, the other is then another worker's. */
    @Test
    void leavesAPartitionThatACommitSaysIsLost() {
        // Given
        consumer.assign(FIRST, TOMBSTONE);
        consumer.assign(SECOND, TOMBSTONE);
        consumer.loseOthers = true;

        // When
        var claim = claims.poll();

        // Then
        assertThat(claim).isEmpty();
        assertThat(consumer.committed).hasSize(1);
    }

    @Test
    void forgetsASettledClaimWhosePartitionIsLost() {
        // Given
        consumer.assign(FIRST, WAITING);
        var claim = claims.poll().orElseThrow();

        // When
        consumer.keep(List.of());
        claims.settle(claim);

        // Then
        assertThat(claims.poll()).isEmpty();
    }

    @Test
    void passesOverARetrainingUnderAnothersKey() {
        // Given
        consumer.key = "i|treated|0";
        consumer.assign(FIRST, WAITING);

        // When
        var claim = claims.poll();

        // Then
        assertThat(claim).isEmpty();
        assertThat(consumer.committed).containsEntry(FIRST, 1L);
    }

    private static Retraining retraining() {
        return Retraining.newBuilder()
                .setId(new RetrainingId("i", "control", 0))
                .setRun("run")
                .setWindow(new StepRange(0L, 4L))
                .setRetrain(RetrainSpec.newBuilder().setReplicates(1).setEngine("nd4j").build())
                .setMetrics(List.of("acc_raw"))
                .setSeed(1)
                .setBenchmarks(List.of("b"))
                .setDocuments(0)
                .setTruncated(0)
                .setState(RetrainingState.PENDING)
                .setStepsDone(0)
                .build();
    }

    /** A member of a group that loses partitions while it commits, as one does after an outage. */
    private static final class RebalancedConsumer extends MockConsumer<String, byte[]> {
        private final Map<TopicPartition, Long> committed = new HashMap<>();
        private final Map<TopicPartition, byte[]> waiting = new HashMap<>();
        private boolean loseOthers;
        private String key = "i|control|0";

        private RebalancedConsumer() {
            super("earliest");
        }

        private void assign(TopicPartition partition, byte[] value) {
            waiting.put(partition, value);
            rebalance(waiting.keySet());
            waiting.keySet().forEach(each -> updateBeginningOffsets(Map.of(each, 0L)));
            addRecord(
                    new ConsumerRecord<>(partition.topic(), partition.partition(), 0, key, value));
        }

        private void keep(List<TopicPartition> partitions) {
            rebalance(partitions);
        }

        @Override
        public void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets) {
            offsets.forEach((partition, offset) -> committed.put(partition, offset.offset()));
            if (loseOthers) {
                keep(List.copyOf(offsets.keySet()));
            }
        }
    }
}
