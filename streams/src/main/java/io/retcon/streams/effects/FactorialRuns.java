package io.retcon.streams.effects;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.record.ItemRef;
import io.retcon.schemas.spec.FactorialDesign;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;

/** The retrainings of a factorial design that succeeded. */
record FactorialRuns(FactorialDesign design, FinishedArms arms, List<Run> runs) {
    private static final int FEW_DEGREES = 4;

    /** One retraining of a row. */
    record Run(int row, int replicate) {}

    FactorialRuns {
        requireNonNull(design, "design is null");
        requireNonNull(arms, "arms is null");
        runs = List.copyOf(runs);
    }

    static FactorialRuns of(FinishedArms arms) {
        var all = arms.spec().arms();
        var runs = new ArrayList<Run>();
        for (int row = 0; row < all.size(); row++) {
            for (int replicate : arms.replicates(all.get(row))) {
                runs.add(new Run(row, replicate));
            }
        }
        return new FactorialRuns(FactorialDesign.ofArms(all), arms, runs);
    }

    /**
     * The effect of a factor, in a model of all factors' effects; or how much larger one's effect
     * is where the other one is on. Empty where retrainings that failed leave it unknown.
     */
    Optional<FactorialContrast> contrast(List<Integer> factors) {
        var others = new ArrayList<double[]>();
        others.add(runs.stream().mapToDouble(run -> 1).toArray());
        for (int factor = 0; factor < design.factors(); factor++) {
            if (factors.size() > 1 || factor != factors.getFirst()) {
                others.add(column(List.of(factor)));
            }
        }
        return FactorialContrast.of(others, column(factors));
    }

    /** 1 for retrainings in which all the factors are on. */
    private double[] column(List<Integer> factors) {
        return runs.stream()
                .mapToDouble(
                        run -> factors.stream().allMatch(of -> design.isOn(run.row, of)) ? 1 : 0)
                .toArray();
    }

    /** [retraining][item]; empty where an item was not scored by the metric. */
    Optional<double[][]> values(OutcomeTable outcomes, List<ItemRef> items, String metric) {
        var values = new double[runs.size()][];
        for (int r = 0; r < values.length; r++) {
            var run = runs.get(r);
            var arm = arms.spec().arms().get(run.row);
            var ofRun = outcomes.values(arm, List.of(run.replicate), items, metric);
            if (ofRun.isEmpty()) {
                return Optional.empty();
            }
            values[r] = ofRun.get()[0];
        }
        return Optional.of(values);
    }

    /** Retrainings on the side of a factor, or of a pair of them, that has fewer. */
    int onTheSmallerSide(List<Integer> factors) {
        int on = (int) DoubleStream.of(column(factors)).sum();
        return Math.min(on, runs.size() - on);
    }

    List<String> caveats(FactorialQuestion question, FactorialContrast contrast) {
        var caveats = new ArrayList<>(question.caveats());
        caveats.add(
                "from %d retrainings of %d rows together, each with its own seed, in half of which every factor is on"
                        .formatted(runs.size(), design.rows().size()));
        if (question.factors().size() > 1) {
            caveats.add("how much larger one factor's effect is where the other one is on");
        }
        int degrees = contrast.degrees();
        if (degrees == 0) {
            caveats.add(
                    "no retraining to spare: how much retrainings differ is unknown, so there is no"
                            + " interval, p or q; more replicates give them");
        } else if (degrees < FEW_DEGREES) {
            caveats.add(
                    "%d degrees of freedom: how much retrainings differ is known only roughly"
                            .formatted(degrees));
        }
        caveats.addAll(Caveats.ofStart(arms));
        if (!failed().isEmpty()) {
            caveats.add(
                    "retrainings failed: %s are left out, so that factors are no longer balanced"
                            .formatted(String.join(", ", failed())));
        }
        long truncated =
                arms.truncated().values().stream().mapToLong(Long::longValue).max().orElse(0);
        if (truncated > 0) {
            caveats.add(
                    "up to %d tokens fell off the ends of a row's sequences".formatted(truncated));
        }
        return caveats;
    }

    private List<String> failed() {
        var failed = new ArrayList<String>();
        var all = arms.spec().arms();
        for (int row = 0; row < all.size(); row++) {
            for (int r = 0; r < arms.spec().retrain().getReplicates(); r++) {
                if (!runs.contains(new Run(row, r))) {
                    failed.add("%s-%d".formatted(all.get(row), r));
                }
            }
        }
        return failed;
    }

    /** Documents that the factors change, each counted once. */
    long documents() {
        var all = arms.spec().arms();
        long sum = all.stream().mapToLong(arm -> arms.documents().getOrDefault(arm, 0L)).sum();
        return sum * 2 / all.size();
    }
}
