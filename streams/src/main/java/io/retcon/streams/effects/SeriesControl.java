package io.retcon.streams.effects;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.record.Entry;
import io.retcon.schemas.spec.InterventionSpec;
import io.retcon.streams.statistics.Adjustment;
import io.retcon.streams.statistics.OnlineDiscoveries;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * What the control over a series decides of the primary estimate of each of its interventions: over
 * checkpoints the rate of false discoveries of however many there will be, over a list of matchers
 * what the spec says of its families. An intervention that has no p yet, or never gets one, counts
 * as no discovery: a decision depends on what is known and not on when it came, and where a series
 * grows at its end no discovery is taken back.
 */
record SeriesControl(Series series) {
    private static final double ALPHA = OnlineDiscoveries.OF_CHECKPOINTS.alpha();
    private static final Comparator<Asked> BY_STEP =
            Comparator.comparingLong(asked -> asked.spec.window().getTo());
    private static final Comparator<Asked> BY_NAME =
            Comparator.comparing(asked -> asked.spec.name());

    /**
     * One of the interventions.
     *
     * @param p of its primary estimate, where it has one
     */
    record Asked(String intervention, InterventionSpec spec, OptionalDouble p) {}

    SeriesControl {
        requireNonNull(series, "series is null");
    }

    /** Intervention to its entry, of those that have a p; none where a list has one matcher. */
    Map<String, Entry> entries(Collection<Asked> all) {
        boolean online = series.kind() == Series.Kind.CHECKPOINTS;
        var inOrder =
                all.stream()
                        .sorted((online ? BY_STEP : BY_NAME).thenComparing(Asked::intervention))
                        .toList();
        if (!online && inOrder.size() < 2) {
            return Map.of();
        }
        var levels = online ? online(inOrder) : together(inOrder);
        var method = online ? "lord++" : inOrder.getFirst().spec.multiplicity();
        var entries = new TreeMap<String, Entry>();
        for (int i = 0; i < inOrder.size(); i++) {
            var one = inOrder.get(i);
            if (one.p.isPresent()) {
                boolean found = one.p.getAsDouble() <= levels.get(i);
                entries.put(
                        one.intervention,
                        new Entry(series.name(), i + 1, method, levels.get(i), found));
            }
        }
        return entries;
    }

    private static List<Double> online(List<Asked> inOrder) {
        var p = inOrder.stream().map(Asked::p).toList();
        return OnlineDiscoveries.OF_CHECKPOINTS.tested(p).stream()
                .map(OnlineDiscoveries.Tested::level)
                .toList();
    }

    private static List<Double> together(List<Asked> inOrder) {
        var p = inOrder.stream().mapToDouble(asked -> asked.p.orElse(1)).toArray();
        double level = Adjustment.named(inOrder.getFirst().spec.multiplicity()).threshold(p, ALPHA);
        return IntStream.range(0, p.length).mapToObj(_ -> level).toList();
    }
}
