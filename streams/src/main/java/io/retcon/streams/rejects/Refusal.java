package io.retcon.streams.rejects;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.record.Progress;
import io.retcon.schemas.record.Reject;

/**
 * The failure of an intervention in one stage: a reject under its id, which ends whoever waits for
 * it, and the stage's last word on it.
 *
 * @param unit of the stage's progress
 */
public record Refusal(String intervention, String stage, String unit, String reason) {
    /** The offset of a reject that no single record is to blame for. */
    private static final long NO_OFFSET = -1;

    public Refusal {
        requireNonNull(intervention, "intervention is null");
        requireNonNull(stage, "stage is null");
        requireNonNull(unit, "unit is null");
        requireNonNull(reason, "reason is null");
    }

    /**
     * @param topic that the stage reads
     */
    public Reject reject(String topic, int partition) {
        return Reject.newBuilder()
                .setTopic(topic)
                .setPartition(partition)
                .setOffset(NO_OFFSET)
                .setKey(intervention)
                .setReason(reason)
                .build();
    }

    public Progress progress() {
        return Progress.newBuilder()
                .setIntervention(intervention)
                .setStage(stage)
                .setDone(0)
                .setTotal(0)
                .setRate(0)
                .setUnit(unit)
                .setMessage("refused: " + reason)
                .build();
    }
}
