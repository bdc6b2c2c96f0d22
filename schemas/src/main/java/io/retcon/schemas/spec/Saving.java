package io.retcon.schemas.spec;

/**
 * Retrainings of a factorial design beside those that its factors would need one by one for equally
 * precise estimates, where retrainings differ by a variance of σ²: n retrainings together estimate
 * every factor's effect with a variance of 4σ²/n, two arms of r retrainings with 2σ²/r.
 *
 * @param retrainings of the factorial design
 */
public record Saving(int factors, int retrainings) {
    /** In each arm of each factor's own intervention. */
    public int replicates() {
        return retrainings / 2;
    }

    /** One by one, each with its own control. */
    public int oneByOne() {
        return 2 * factors * replicates();
    }

    /** One by one, all with the same control. */
    public int withSharedControl() {
        return (factors + 1) * replicates();
    }

    /** One sentence. */
    public String text() {
        return "%d retrainings estimate each of %d effects with a variance of 4σ²/%d; one by one, 2σ²/r with r = %d replicates an arm: %d retrainings, or %d with one control for all"
                .formatted(
                        retrainings,
                        factors,
                        retrainings,
                        replicates(),
                        oneByOne(),
                        withSharedControl());
    }
}
