package io.retcon.streams.statistics;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * The test that {@link PairedEstimate} inverts.
 *
 * @param estimate mean difference
 * @param margin of the estimate by how replicates and items vary
 * @param unseen what so few items could have hidden; empty where values have no bounds
 * @param reach farthest that the difference can lie from 0
 */
public record PairedTest(
        double estimate, StudentMargin margin, Optional<UnseenItem> unseen, double reach) {
    /**
     * Where so many items are expected to change wholly, four or more do in 80 % of cases
     * (Poisson): about as many as {@link UnseenItem} begins to reject none at.
     */
    private static final double WHOLE_ITEMS = 5.5;

    public PairedTest {
        requireNonNull(margin, "margin is null");
        requireNonNull(unseen, "unseen is null");
    }

    /** Of outcomes in two replicates or more. */
    public static PairedTest of(PairedOutcomes outcomes) {
        if (outcomes.replicates() < 2) {
            throw new IllegalArgumentException("one replicate cannot be tested");
        }
        double reach = outcomes.reach();
        return new PairedTest(
                MeanSquares.of(outcomes.difference()).mean(),
                StudentMargin.of(outcomes),
                Double.isInfinite(reach)
                        ? Optional.empty()
                        : Optional.of(UnseenItem.of(outcomes.itemMeans(), reach)),
                reach);
    }

    /** Whether a hypothetical difference is rejected at a two-sided level. */
    public boolean rejects(double difference, double alpha) {
        return Math.abs(difference - estimate) > margin.margin(side(difference), alpha)
                && unseen.map(few -> few.p(difference) < alpha).orElse(true);
    }

    /** The level at which a hypothetical difference is just rejected. */
    public double p(double difference) {
        double ofMargin = margin.p(side(difference), Math.abs(difference - estimate));
        return unseen.map(few -> Math.max(ofMargin, few.p(difference))).orElse(ofMargin);
    }

    /**
     * The farthest difference on a side that is not rejected.
     *
     * @param side 1 above the estimate, −1 below
     */
    double limit(int side, double alpha) {
        double ofMargin = estimate + side * margin.margin(side, alpha);
        double limit =
                unseen.map(few -> side * Math.max(side * ofMargin, side * few.limit(side, alpha)))
                        .orElse(ofMargin);
        return Math.clamp(limit, -reach, reach);
    }

    /** NaN where no difference within the reach is found often enough. */
    double minimumDetectable() {
        if (margin.arms().isPresent()) {
            return ShareDesign.of(margin.arms().get(), margin).detectable().orElse(Double.NaN);
        }
        double detectable = DesignPower.of(margin).detectable();
        double hidden = unseen.map(few -> WHOLE_ITEMS * reach / few.items()).orElse(0.0);
        double found = Math.max(detectable, hidden);
        return found < reach ? found : Double.NaN;
    }

    private int side(double difference) {
        return difference > estimate ? 1 : -1;
    }
}
