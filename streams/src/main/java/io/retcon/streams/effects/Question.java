package io.retcon.streams.effects;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.record.Effect;
import io.retcon.schemas.spec.Contrast;
import io.retcon.streams.statistics.PairedEstimate;

/** What one effect answers: a contrast of arms, on a group of items, by a metric. */
record Question(ItemGroup group, String metric, Contrast contrast) {
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

    /** Why there is no answer where a score is missing. */
    String unscored() {
        return "not every item was scored by %s".formatted(metric);
    }

    /** Whether outcomes are 0 or 1. */
    boolean isShare() {
        return !metric.equals("margin");
    }
}
