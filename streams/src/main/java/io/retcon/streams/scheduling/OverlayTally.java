package io.retcon.streams.scheduling;

import io.retcon.schemas.record.Operation;
import io.retcon.schemas.record.Replacement;
import io.retcon.schemas.record.Rewrite;
import io.retcon.schemas.record.Truncation;
import io.retcon.streams.state.FieldsSerde;

import org.apache.kafka.common.serialization.Serde;

/** What an arm's rewritten sequences in one partition come to. */
record OverlayTally(
        long sequences, long documents, long truncated, long matchingDonors, long cuts) {
    static final OverlayTally EMPTY = new OverlayTally(0, 0, 0, 0, 0);

    static Serde<OverlayTally> serde() {
        return new FieldsSerde<>(
                (tally, out) -> {
                    out.writeLong(tally.sequences);
                    out.writeLong(tally.documents);
                    out.writeLong(tally.truncated);
                    out.writeLong(tally.matchingDonors);
                    out.writeLong(tally.cuts);
                },
                in ->
                        new OverlayTally(
                                in.readLong(),
                                in.readLong(),
                                in.readLong(),
                                in.readLong(),
                                in.readLong()));
    }

    OverlayTally plus(Rewrite rewrite) {
        return new OverlayTally(
                sequences + 1,
                documents + changed(rewrite),
                truncated + rewrite.getTruncated().stream().mapToLong(Truncation::getTokens).sum(),
                matchingDonors
                        + rewrite.getLineage().stream()
                                .filter(change -> !change.getDonorItems().isEmpty())
                                .count(),
                cuts + rewrite.getLineage().stream().filter(Replacement::getContinued).count());
    }

    /** Changes, but for the donors that fill up what dropped documents leave. */
    private static long changed(Rewrite rewrite) {
        return rewrite.getLineage().stream().filter(OverlayTally::isNoFiller).count();
    }

    private static boolean isNoFiller(Replacement change) {
        return change.getOperation() != Operation.DROP || change.getDocument().getLength() > 0;
    }
}
