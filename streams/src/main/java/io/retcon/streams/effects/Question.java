package io.retcon.streams.effects;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.Sha256;
import io.retcon.schemas.record.Effect;
import io.retcon.schemas.topic.Keys;

/** What one effect answers: a contrast of arms, on a group of items, by a metric. */
record Question(ItemGroup group, String metric, Contrast contrast) {
    private static final int SEED_DIGITS = 16;

    Question {
        requireNonNull(group, "group is null");
        requireNonNull(metric, "metric is null");
        requireNonNull(contrast, "contrast is null");
    }

    /** An answer that does not say yet how much. */
    Effect.Builder effect() {
        return Effect.newBuilder()
                .setContrast(contrast.toString())
                .setBenchmark(group.name())
                .setMetric(metric)
                .setLevel(PairedEstimate.LEVEL);
    }

    /** Two shares differ by the whole at most; a slope may be steeper. */
    double possible(double difference) {
        return isShare() ? Math.clamp(difference, -1, 1) : difference;
    }

    /** Whether it asks how two shares differ. */
    boolean isShare() {
        return !metric.equals("margin")
                && !contrast.equals(DoseTrend.NAME)
                && !contrast.first().equals(FactorialQuestion.INTERACTION);
    }

    /** Of a spec's seed and of what is estimated, so that no estimate depends on another one. */
    long seed(long ofSpec) {
        var digits = Sha256.of(Keys.join(ofSpec, contrast, group.name(), metric));
        return Long.parseUnsignedLong(digits.substring(0, SEED_DIGITS), 16);
    }
}
