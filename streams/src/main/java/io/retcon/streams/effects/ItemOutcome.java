package io.retcon.streams.effects;

import io.retcon.schemas.record.Score;
import io.retcon.streams.state.FieldsSerde;

import org.apache.kafka.common.serialization.Serde;

import java.util.List;
import java.util.OptionalDouble;

/**
 * How one item came out in one retraining, as bits of the accuracies by which it was scored and by
 * which it was right, and the log-probability margin of its right choice.
 */
record ItemOutcome(int scored, int right, double margin) {
    private static final String MARGIN = "margin";
    private static final List<String> ACCURACIES =
            List.of("acc_raw", "acc_per_token", "acc_per_char", "acc_uncond");

    static ItemOutcome of(Score score) {
        int scored = 0;
        int right = 0;
        for (int bit = 0; bit < ACCURACIES.size(); bit++) {
            var correct = score.getCorrect().get(ACCURACIES.get(bit));
            scored |= correct == null ? 0 : 1 << bit;
            right |= correct != null && correct ? 1 << bit : 0;
        }
        return new ItemOutcome(scored, right, score.getMargin());
    }

    static Serde<ItemOutcome> serde() {
        return new FieldsSerde<>(
                (outcome, out) -> {
                    out.writeByte(outcome.scored);
                    out.writeByte(outcome.right);
                    out.writeDouble(outcome.margin);
                },
                in ->
                        new ItemOutcome(
                                in.readUnsignedByte(), in.readUnsignedByte(), in.readDouble()));
    }

    /** 1 for right and 0 for wrong by an accuracy, or the margin; empty where it was not scored. */
    OptionalDouble value(String metric) {
        if (metric.equals(MARGIN)) {
            return Double.isFinite(margin) ? OptionalDouble.of(margin) : OptionalDouble.empty();
        }
        int bit = 1 << ACCURACIES.indexOf(metric);
        return (scored & bit) == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of((right & bit) == 0 ? 0 : 1);
    }
}
