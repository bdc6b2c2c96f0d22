package io.retcon.deploy.bench.retrainings;

import org.apache.commons.statistics.distribution.BetaDistribution;

import java.util.Collection;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * How often something happened in independent repetitions, with exact 95 % bounds (Clopper and
 * Pearson, 1934).
 */
record Share(int count, int of) {
    private static final double TAIL = 0.025;

    Share {
        if (count < 0 || of < 1 || count > of) {
            throw new IllegalArgumentException("%d of %d is no share".formatted(count, of));
        }
    }

    static <T> Share of(Collection<T> all, Predicate<T> happened) {
        return new Share((int) all.stream().filter(happened).count(), all.size());
    }

    double value() {
        return (double) count / of;
    }

    double low() {
        return count == 0
                ? 0
                : BetaDistribution.of(count, of - count + 1.0).inverseCumulativeProbability(TAIL);
    }

    double high() {
        return count == of
                ? 1
                : BetaDistribution.of(count + 1.0, of - count).inverseSurvivalProbability(TAIL);
    }

    /** Whether so large a share is what chance makes of the true share {@code nominal}. */
    boolean allows(double nominal) {
        return low() <= nominal && nominal <= high();
    }

    /** With its bounds, and whether they contain the true share that it should be of. */
    String beside(double nominal) {
        return String.format(
                Locale.ROOT,
                "%d of %d, exact bounds %.3f to %.3f %s %.2f",
                count,
                of,
                low(),
                high(),
                allows(nominal) ? "contain" : "do not contain",
                nominal);
    }
}
