package io.retcon.streams.statistics;

import java.util.function.ToDoubleFunction;

/**
 * A mean difference between two arms, how sure it is, and how small a difference would have shown.
 *
 * <p>One test, inverted: a hypothetical difference is rejected where the estimate lies farther from
 * it than Student's margin ({@link StudentMargin}) and, for values with bounds, also farther than
 * what so few items could have hidden ({@link UnseenItem}). The interval holds what is not rejected
 * at 5 %, p is the level at which 0 just is, so 0 lies outside exactly where p is below 5 %.
 *
 * <p>One replicate says nothing about how retrainings differ: then everything but the estimate is
 * NaN.
 *
 * @param estimate mean difference, first arm minus second
 * @param low lower end of the 95 % interval
 * @param high its upper end
 * @param p two-sided
 * @param minimumDetectable true difference that 80 % of such interventions find at 5 %; NaN where
 *     none is found so often
 */
public record PairedEstimate(
        double estimate, double low, double high, double p, double minimumDetectable) {
    public static final double LEVEL = 0.95;

    /** Deterministic; whatever the order of replicates and items, but for rounding. */
    public static PairedEstimate of(PairedOutcomes outcomes) {
        return of(outcomes, PairedTest::minimumDetectable);
    }

    /** The same without the detectable difference, which takes longest. */
    public static PairedEstimate withoutDetectable(PairedOutcomes outcomes) {
        return of(outcomes, _ -> Double.NaN);
    }

    private static PairedEstimate of(
            PairedOutcomes outcomes, ToDoubleFunction<PairedTest> detectable) {
        double estimate = MeanSquares.of(outcomes.difference()).mean();
        if (outcomes.replicates() == 1) {
            return new PairedEstimate(estimate, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
        }
        var test = PairedTest.of(outcomes);
        return new PairedEstimate(
                estimate,
                test.limit(-1, 1 - LEVEL),
                test.limit(1, 1 - LEVEL),
                test.p(0),
                detectable.applyAsDouble(test));
    }

    /** Whether a large enough difference would be found. */
    public boolean detects() {
        return !Double.isNaN(minimumDetectable);
    }

    /** Whether there is more than the estimate. */
    public boolean isKnown() {
        return !Double.isNaN(p);
    }
}
