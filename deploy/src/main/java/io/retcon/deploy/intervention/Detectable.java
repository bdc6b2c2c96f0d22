package io.retcon.deploy.intervention;

import io.retcon.schemas.spec.InterventionSpec;
import io.retcon.streams.statistics.RetrainingNoise;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * What an intervention could find in a metric, as far as the past says.
 *
 * @param minimumDetectable true difference that 80 % of such interventions find at 5 %
 * @param detect the difference that the spec wants to find, where it says one of this metric
 * @param replicates the fewest that find it; absent where no number does, or none was asked for
 * @param source what said so
 */
record Detectable(
        String metric, double minimumDetectable, Double detect, Integer replicates, String source) {

    /** Of each of the spec's metrics of which the past says something. */
    static List<Detectable> of(InterventionSpec spec, PastScores past, int items) {
        return items == 0
                ? List.of()
                : spec.metrics().stream()
                        .flatMap(metric -> of(spec, metric, past.noise(metric), items))
                        .toList();
    }

    private static Stream<Detectable> of(
            InterventionSpec spec, String metric, Optional<RetrainingNoise> noise, int items) {
        var wanted = spec.detect().filter(any -> metric.equals(spec.metrics().getFirst()));
        return noise.stream()
                .map(
                        of -> {
                            var replicates =
                                    wanted.map(effect -> of.replicatesFor(effect, items))
                                            .orElse(OptionalInt.empty());
                            return new Detectable(
                                    metric,
                                    of.minimumDetectable(items, spec.retrain().getReplicates()),
                                    wanted.orElse(null),
                                    replicates.isPresent() ? replicates.getAsInt() : null,
                                    of.source());
                        });
    }

    String text(int ofSpec) {
        var found =
                ofSpec == 1
                        ? "nothing in %s with one replicate, which says nothing about how retrainings differ"
                                .formatted(metric)
                        : !metric.equals("margin") && minimumDetectable >= 1
                                ? "nothing in %s with %d replicates: too few items for so noisy a run"
                                        .formatted(metric, ofSpec)
                                : "%.3f in %s with %d replicates (80 %% power at 5 %%, by %s)"
                                        .formatted(minimumDetectable, metric, ofSpec, source);
        if (detect == null) {
            return found;
        }
        return found
                + (replicates == null
                        ? "; no number of replicates finds %s: more items would".formatted(detect)
                        : "; %d replicates find %s".formatted(replicates, detect));
    }
}
