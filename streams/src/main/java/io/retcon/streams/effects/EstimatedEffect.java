package io.retcon.streams.effects;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.record.ClusterEffect;
import io.retcon.schemas.record.Effect;

import java.util.Optional;

/**
 * An effect's numbers, each absent where nobody can say it. The record of the topic has NaN or an
 * infinite limit for such a number, and whatever number where there was nothing to estimate.
 */
public record EstimatedEffect(Effect effect) {
    static final String PRIMARY = "primary";

    public EstimatedEffect {
        requireNonNull(effect, "effect is null");
    }

    /**
     * Limits between which a difference lies.
     *
     * @param low finite
     * @param high finite, at least {@code low}
     */
    public record Interval(double low, double high) {
        public Interval {
            if (!Double.isFinite(high - low) || high < low) {
                throw new IllegalArgumentException(
                        "no interval goes from %s to %s".formatted(low, high));
            }
        }

        /** Absent where one of the limits is not known. */
        static Optional<Interval> of(double low, double high) {
            return Double.isFinite(low) && Double.isFinite(high)
                    ? Optional.of(new Interval(low, high))
                    : Optional.empty();
        }

        public boolean contains(double value) {
            return low <= value && value <= high;
        }
    }

    /** Whether it is the one that its intervention was made for; unknown of older records. */
    public boolean isPrimary() {
        return effect.getFamily().equals(PRIMARY);
    }

    /** Whether it is the difference of two matchers' treated arms. */
    public boolean isOfMatchers() {
        return MatcherDifference.isNamed(effect.getContrast());
    }

    /** Absent if there was no item or no replicate to estimate from. */
    public Optional<Double> estimate() {
        return known(effect.getEstimate());
    }

    public Optional<Interval> interval() {
        return estimate().flatMap(_ -> Interval.of(effect.getLow(), effect.getHigh()));
    }

    public Optional<Double> p() {
        return known(effect.getP());
    }

    public Optional<Double> q() {
        return known(effect.getQ());
    }

    public Optional<Double> minimumDetectable() {
        return known(effect.getMinimumDetectable());
    }

    /** Of one of the effect's clusters. */
    public static Optional<Interval> interval(ClusterEffect cluster) {
        return Interval.of(cluster.getLow(), cluster.getHigh());
    }

    /** Whether it can't be told from no effect: also where no interval is known. */
    public boolean mayBeNone() {
        return interval().map(interval -> interval.contains(0)).orElse(true);
    }

    private Optional<Double> known(double number) {
        return effect.getItems() > 0 && effect.getReplicates() > 0 && Double.isFinite(number)
                ? Optional.of(number)
                : Optional.empty();
    }
}
