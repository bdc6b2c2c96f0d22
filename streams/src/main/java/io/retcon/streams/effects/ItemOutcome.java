package io.retcon.streams.effects;

import io.retcon.schemas.record.Score;
import io.retcon.streams.state.FieldsSerde;

import org.apache.kafka.common.serialization.Serde;

import java.io.DataInput;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How one item came out in one retraining, as bits of the accuracies by which it was scored and by
 * which it was right, and the log-probability margin of its right choice.
 *
 * @param relation that the item asks for, empty where it says none
 * @param subject that it is about, empty where it says none
 */
public record ItemOutcome(int scored, int right, double margin, String relation, String subject) {
    private static final String MARGIN = "margin";
    private static final List<String> ACCURACIES =
            List.of("acc_raw", "acc_per_token", "acc_per_char", "acc_uncond");

    public static ItemOutcome of(Score score) {
        int scored = 0;
        int right = 0;
        for (int bit = 0; bit < ACCURACIES.size(); bit++) {
            var correct = score.getCorrect().get(ACCURACIES.get(bit));
            scored |= correct == null ? 0 : 1 << bit;
            right |= correct != null && correct ? 1 << bit : 0;
        }
        return new ItemOutcome(
                scored,
                right,
                score.getMargin(),
                score.getRelation().orElse(""),
                score.getSubject().orElse(""));
    }

    static Serde<ItemOutcome> serde() {
        return new FieldsSerde<>(
                (outcome, out) -> {
                    out.writeByte(outcome.scored);
                    out.writeByte(outcome.right);
                    out.writeDouble(outcome.margin);
                    out.writeUTF(outcome.relation);
                    out.writeUTF(outcome.subject);
                },
                in ->
                        new ItemOutcome(
                                in.readUnsignedByte(),
                                in.readUnsignedByte(),
                                in.readDouble(),
                                text(in),
                                text(in)));
    }

    /** Outcomes that were kept before items told what they are about end here. */
    private static String text(DataInput in) throws IOException {
        return in instanceof DataInputStream stream && stream.available() == 0 ? "" : in.readUTF();
    }

    /** The relation that the item asks for, where it says one. */
    public Optional<String> askedFor() {
        return relation.isEmpty() ? Optional.empty() : Optional.of(relation);
    }

    /** 1 for right and 0 for wrong by an accuracy, or the margin; empty where it was not scored. */
    public OptionalDouble value(String metric) {
        if (metric.equals(MARGIN)) {
            return Double.isFinite(margin) ? OptionalDouble.of(margin) : OptionalDouble.empty();
        }
        int bit = 1 << ACCURACIES.indexOf(metric);
        return (scored & bit) == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of((right & bit) == 0 ? 0 : 1);
    }
}
