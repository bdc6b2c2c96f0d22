package io.retcon.deploy.demo;

import static java.util.Objects.requireNonNull;

import io.retcon.deploy.cli.ProgressLine;
import io.retcon.schemas.record.Effect;
import io.retcon.schemas.record.Effects;
import io.retcon.schemas.record.ItemRef;
import io.retcon.schemas.record.Selection;
import io.retcon.schemas.spec.Saving;
import io.retcon.schemas.spec.SpecReader;
import io.retcon.schemas.spec.Specs;
import io.retcon.schemas.topic.Cluster;
import io.retcon.schemas.topic.Keys;
import io.retcon.schemas.topic.TopicCatalogue;
import io.retcon.schemas.topic.TopicTable;
import io.retcon.streams.effects.EstimatedEffect;
import io.retcon.streams.effects.EstimatedEffect.Interval;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The same questions asked together and one by one, on a world of the demo's kind: what removing
 * the documents about some people does to what the model knows of them.
 */
public final class FactorialTrial {
    private static final int FACTORS = 8;
    private static final int ITEMS = 5;
    private static final String METRIC = "margin";
    private static final String RUN = "factorial";

    /** As many facts as five items for each of eight factors need, in windows like the demo's. */
    private static final WorldSize SIZE = new WorldSize(4, 40, 40, 160, 8, 48, 64, 8, 6, 3, 2);

    private final Demo demo;
    private final Cluster cluster;
    private final ProgressLine line;

    /**
     * One factor's effect on its own items' margin, estimated twice.
     *
     * @param aloneLow absent, as what follows from it, with one replicate, which says nothing of
     *     how retrainings differ
     * @param within whether the estimate from the factorial design lies in the other's interval
     */
    public record Compared(
            String factor,
            int items,
            double together,
            Optional<Double> low,
            Optional<Double> high,
            int retrainings,
            double alone,
            Optional<Double> aloneLow,
            Optional<Double> aloneHigh,
            int aloneRetrainings,
            Optional<Boolean> within) {}

    /**
     * What came of it.
     *
     * @param retrainings a sentence on how many it took
     */
    public record Results(List<Compared> factors, String retrainings) {}

    /**
     * @param data folder that keeps the world's files and the run's checkpoints
     */
    public FactorialTrial(Cluster cluster, Path data, long seed, ProgressLine line) {
        this.cluster = requireNonNull(cluster, "cluster is null");
        this.line = requireNonNull(line, "line is null");
        this.demo = new Demo(cluster, data, World.of(SIZE, seed), RUN, line);
    }

    /**
     * Blocks until all is retrained and estimated.
     *
     * @param replicates of each arm of the interventions one by one
     */
    public Results run(int replicates) throws IOException {
        demo.prepare();
        long began = System.nanoTime();
        var together = demo.effects(new SpecReader().read(factorial()));
        double seconds = (System.nanoTime() - began) / 1e9;
        var selection =
                TopicTable.read(cluster, TopicCatalogue.SELECTIONS).get(together.getIntervention());
        int retrainings =
                Specs.of(selection).arms().size() * Specs.of(selection).retrain().getReplicates();
        var compared = new ArrayList<Compared>();
        for (int factor = 0; factor < FACTORS; factor++) {
            line.note("factor %d of %d alone".formatted(factor + 1, FACTORS));
            var alone = demo.effects(new SpecReader().read(alone(factor, selection, replicates)));
            compared.add(compared(factor, together, retrainings, alone, 2 * replicates));
        }
        double secondsAlone = (System.nanoTime() - began) / 1e9 - seconds;
        return new Results(
                compared,
                "together: %d retrainings, %.0f s; one by one: %d retrainings with one control for all, %.0f s; at equal precision: %s"
                        .formatted(
                                retrainings,
                                seconds,
                                replicates * (FACTORS + 1),
                                secondsAlone,
                                new Saving(FACTORS, retrainings).text()));
    }

    private static Compared compared(
            int factor, Effects together, int retrainings, Effects alone, int aloneRetrainings) {
        var first = of(together, "factor-" + name(factor));
        var second = of(alone, "treated-control");
        var interval = new EstimatedEffect(first).interval();
        var ofAlone = new EstimatedEffect(second).interval();
        return new Compared(
                name(factor),
                first.getItems(),
                first.getEstimate(),
                interval.map(Interval::low),
                interval.map(Interval::high),
                retrainings,
                second.getEstimate(),
                ofAlone.map(Interval::low),
                ofAlone.map(Interval::high),
                aloneRetrainings,
                ofAlone.map(of -> of.contains(first.getEstimate())));
    }

    /** Of the factor's own items, which come first. */
    private static Effect of(Effects effects, String contrast) {
        return effects.getEffects().stream()
                .filter(effect -> effect.getContrast().equals(contrast))
                .filter(effect -> effect.getMetric().equals(METRIC))
                .findFirst()
                .orElseThrow();
    }

    private static String name(int factor) {
        return "people-" + (factor + 1);
    }

    private static String factorial() {
        var factors =
                IntStream.range(0, FACTORS)
                        .mapToObj(
                                f ->
                                        "  - { name: %s, select: { sample: %d } }"
                                                .formatted(name(f), ITEMS))
                        .collect(Collectors.joining("\n"));
        return """
        name: together
        run: %s
        design: factorial
        select: { benchmark: %s, rule: learned-at, step: %d }
        factors:
        %s
        """
                        .formatted(RUN, World.BENCHMARK, SIZE.window(SIZE.treated()).to(), factors)
                + shared();
    }

    private static String alone(int factor, Selection selection, int replicates) {
        var items =
                selection.getItems().stream()
                        .filter(item -> selection.getFactors().get(Keys.item(item)) == factor)
                        .map(ItemRef::getId)
                        .collect(Collectors.joining(", "));
        return """
        name: alone-%s
        run: %s
        select: { benchmark: %s, rule: list, items: [%s] }
        arms: [control, treated]
        retrain: { replicates: %d }
        """
                        .formatted(name(factor), RUN, World.BENCHMARK, items, replicates)
                + shared();
    }

    private static String shared() {
        var window = SIZE.window(SIZE.treated());
        return """
        window: { from: %d, to: %d }
        match: { matcher: cooccurrence }
        operate: { operation: swap }
        measure: { metrics: [%s] }
        """
                .formatted(window.from(), window.to(), METRIC);
    }
}
