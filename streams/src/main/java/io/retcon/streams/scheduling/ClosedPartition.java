package io.retcon.streams.scheduling;

import static java.util.Objects.requireNonNull;

import io.retcon.streams.state.FieldsSerde;

import org.apache.kafka.common.serialization.Serde;

/**
 * An arm whose sequences in one partition are all rewritten.
 *
 * @param documents documents that were replaced in them
 * @param truncated tokens that fell off their ends
 * @param matchingDonors donors in them that match an item of the benchmark
 * @param cuts documents that go on from the sequence before
 */
record ClosedPartition(
        String intervention,
        String arm,
        int partition,
        long documents,
        long truncated,
        long matchingDonors,
        long cuts) {
    ClosedPartition {
        requireNonNull(intervention, "intervention is null");
        requireNonNull(arm, "arm is null");
    }

    static Serde<ClosedPartition> serde() {
        return new FieldsSerde<>(
                (closed, out) -> {
                    out.writeUTF(closed.intervention);
                    out.writeUTF(closed.arm);
                    out.writeInt(closed.partition);
                    out.writeLong(closed.documents);
                    out.writeLong(closed.truncated);
                    out.writeLong(closed.matchingDonors);
                    out.writeLong(closed.cuts);
                },
                in ->
                        new ClosedPartition(
                                in.readUTF(),
                                in.readUTF(),
                                in.readInt(),
                                in.readLong(),
                                in.readLong(),
                                in.readLong(),
                                in.readLong()));
    }
}
