package io.retcon.deploy.bench.truth;

import static java.util.Objects.requireNonNull;

import io.retcon.deploy.bench.Measurement;
import io.retcon.deploy.bench.PeakMemory;
import io.retcon.deploy.bench.truth.TruthSpecs.Removed;
import io.retcon.deploy.cli.ProgressLine;
import io.retcon.deploy.demo.MatcherCheck;
import io.retcon.deploy.demo.World;
import io.retcon.deploy.demo.WorldRun;
import io.retcon.deploy.intervention.Follow;
import io.retcon.deploy.intervention.Publication;
import io.retcon.deploy.report.MatcherComparison;
import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.record.Effect;
import io.retcon.schemas.record.Effects;
import io.retcon.schemas.record.Intervention;
import io.retcon.schemas.topic.Cluster;
import io.retcon.streams.effects.EstimatedEffect;
import io.retcon.streams.effects.EstimatedEffect.Interval;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The bench on a running stack: trains the world's run once, and then intervenes in it. */
final class TruthBench {
    private static final String RUN = "world";
    private static final int FEW = 3;

    private final Cluster cluster;
    private final Path data;
    private final World world;
    private final int counted;
    private final ProgressLine line;
    private final Publication publication;

    /**
     * What was seen.
     *
     * @param words whose documents mattered most
     */
    record Outcome(List<Measurement> measurements, String words) {
        Outcome {
            measurements = List.copyOf(measurements);
        }
    }

    /** An intervention with few replicates, and the same with those too that are counted. */
    private record Pair(Intervention few, Intervention many) {}

    /**
     * @param counted replicates that are counted
     */
    TruthBench(Cluster cluster, Path data, World world, int counted, ProgressLine line) {
        this.cluster = requireNonNull(cluster, "cluster is null");
        this.data = requireNonNull(data, "data is null");
        this.world = requireNonNull(world, "world is null");
        this.counted = counted;
        this.line = requireNonNull(line, "line is null");
        this.publication = new Publication(cluster);
    }

    Outcome run() throws IOException {
        var files = new WorldRun(cluster, data, world, RUN, line).train();
        var specs = new TruthSpecs(world, RUN, files.spec().getParent(), cluster);
        Map<Removed, Pair> pairs = new EnumMap<>(Removed.class);
        for (var removed : Removed.values()) {
            pairs.put(
                    removed,
                    new Pair(
                            publication.publish(specs.of(removed, FEW).read()),
                            publication.publish(specs.of(removed, FEW + counted).read())));
        }
        var measurements = new ArrayList<Measurement>();
        long stating = 0;
        for (var pair : pairs.entrySet()) {
            var effects = follow(pair.getValue().few());
            if (effects.getItems() == 0) {
                throw new RefusedInput(
                        "the run learned none of the facts that its treated window teaches, so"
                                + " there is nothing to count: take another --seed");
            }
            stating = pair.getKey() == Removed.STATING ? effects.getDocuments() : stating;
            follow(pair.getValue().many());
            var count = DirectCount.of(cluster, pair.getValue().many().getId(), FEW);
            effects.getEffects().stream()
                    .filter(effect -> effect.getBenchmark().equals(World.BENCHMARK))
                    .map(effect -> recovered(pair.getKey(), effects, effect, count))
                    .forEach(measurements::add);
        }
        var compared = compare(specs, stating);
        compared.effects().forEach(effects -> measurements.addAll(matcher(effects)));
        return new Outcome(measurements, compared.sentence());
    }

    private Effects follow(Intervention intervention) {
        line.note("intervention %s (%s)".formatted(intervention.getId(), intervention.getName()));
        return new Follow(cluster, line).effectsOf(intervention.getId());
    }

    private Measurement recovered(
            Removed removed, Effects effects, Effect effect, DirectCount count) {
        var arms = effect.getContrast().split("-", 2);
        var truth = count.difference(arms[0], arms[1]);
        var interval = new EstimatedEffect(effect).interval();
        return new Measurement(
                "truth/%s/%s".formatted(removed.label(), effect.getContrast()),
                effect.getEstimate(),
                Optional.of(truth.mean()),
                "direct counting over %d other replicates".formatted(truth.replicates()),
                "share of items right",
                Optional.empty(),
                PeakMemory.bytes(),
                Optional.empty(),
                text(
                        "%s of %d replicates and %d items %s what counting gives, which is known"
                                + " to %s; %d documents",
                        words(interval),
                        effect.getReplicates(),
                        effect.getItems(),
                        interval.map(
                                        i ->
                                                i.contains(truth.mean())
                                                        ? "contains"
                                                        : "does not contain")
                                .orElse("that could contain"),
                        truth.replicates() == 1
                                ? "- (one replicate says nothing of how they differ)"
                                : text("±%.3f (two standard errors)", 2 * truth.error()),
                        effects.getDocuments()));
    }

    private static String words(Optional<Interval> interval) {
        return interval.map(i -> text("interval %.3f to %.3f", i.low(), i.high()))
                .orElse("no interval (-)");
    }

    private MatcherComparison compare(TruthSpecs specs, long documents) throws IOException {
        var several = specs.matchers(documents, FEW).readSeveral().orElseThrow();
        var published = several.specs().stream().map(publication::publish).toList();
        var effects = published.stream().map(this::follow).toList();
        return new MatcherComparison(several.name(), effects);
    }

    private List<Measurement> matcher(Effects effects) {
        var check = new MatcherCheck(world);
        var matched = check.ofMatched(cluster, effects.getIntervention());
        var changed = check.ofChanged(cluster, effects.getIntervention());
        var name = "truth/" + effects.getName();
        var effect = effects.getEffects().getFirst();
        return List.of(
                Measurement.alone(
                        name + "/effect",
                        effect.getEstimate(),
                        "share of items right",
                        text(
                                "%s; %d documents that the loss ignores, %.3f of which state a"
                                        + " fact",
                                words(new EstimatedEffect(effect).interval()),
                                effects.getDocuments(),
                                changed.precision())),
                Measurement.alone(
                        name + "/precision",
                        matched.precision(),
                        "share of matched documents",
                        "those that state a fact; of all that match, also where fewer are changed"),
                Measurement.alone(
                        name + "/recall",
                        matched.recall(),
                        "share of documents that state a fact",
                        "those that match"));
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
