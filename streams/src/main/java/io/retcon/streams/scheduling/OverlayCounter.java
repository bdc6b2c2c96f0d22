package io.retcon.streams.scheduling;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.record.Rewrite;
import io.retcon.schemas.topic.Keys;
import io.retcon.streams.rejects.FailedIntervention;
import io.retcon.streams.state.StoreKey;

import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Counts what an arm's sequences in the task's partition come to, and says so when the closing
 * record comes, which lies after them in the same partition.
 */
final class OverlayCounter extends ContextualProcessor<String, Rewrite, String, ClosedPartition> {
    private KeyValueStore<Bytes, OverlayTally> tallies;

    @Override
    public void init(ProcessorContext<String, ClosedPartition> context) {
        super.init(context);
        tallies = context.getStateStore(SchedulingTopology.OVERLAYS);
    }

    @Override
    public void process(Record<String, Rewrite> record) {
        var rewrite = record.value();
        var group = StoreKey.group(rewrite.getIntervention(), rewrite.getArm());
        var found = tallies.get(group);
        var tally = found == null ? OverlayTally.EMPTY : found;
        if (rewrite.getClosing().isEmpty()) {
            tallies.put(group, tally.plus(rewrite));
            return;
        }
        long announced = rewrite.getClosing().get().getRecords();
        if (tally.sequences() != announced) {
            throw contradiction(rewrite, tally.sequences(), announced);
        }
        tallies.delete(group);
        context()
                .forward(
                        new Record<>(
                                Keys.join(rewrite.getIntervention(), rewrite.getArm(), partition()),
                                new ClosedPartition(
                                        rewrite.getIntervention(),
                                        rewrite.getArm(),
                                        partition(),
                                        tally.documents(),
                                        tally.truncated()),
                                record.timestamp()));
    }

    /** An arm of which nothing lies here is unknown, or closed already: that fails nobody. */
    private RuntimeException contradiction(Rewrite closing, long sequences, long announced) {
        var reason =
                "arm '%s' of intervention %s has %d rewritten sequences in partition %d where its closing record says %d: let its own stage alone write them"
                        .formatted(
                                closing.getArm(),
                                closing.getIntervention(),
                                sequences,
                                partition(),
                                announced);
        return sequences == 0
                ? new RefusedInput(reason)
                : new FailedIntervention(closing.getIntervention(), "rewrite", reason);
    }

    private int partition() {
        return context().taskId().partition();
    }
}
