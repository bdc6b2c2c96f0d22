package io.retcon.streams.effects;

/**
 * What a paired comparison says about its own uncertainty.
 *
 * @param mean mean difference over items and replicates
 * @param variance estimated variance of that mean: (replicate mean square + what items vary beyond
 *     the rest) / (items · replicates)
 * @param replicate mean square between replicates, pooled over the contrasts that the arms allow
 * @param replicateDegrees degrees of freedom of that; 0 with one replicate
 * @param rest mean square that neither items nor replicates explain, pooled likewise
 * @param degrees Satterthwaite's degrees of freedom of the variance
 */
record Spread(
        double mean,
        double variance,
        double replicate,
        int replicateDegrees,
        double rest,
        double degrees) {

    static Spread of(PairedOutcomes outcomes) {
        int items = outcomes.items();
        int replicates = outcomes.replicates();
        var squares = MeanSquares.of(outcomes.difference());
        if (replicates == 1) {
            return new Spread(
                    squares.mean(), squares.item() / items, 0, 0, 0, Math.max(1, items - 1));
        }
        var beside = outcomes.beside().map(MeanSquares::of);
        double replicate =
                beside.map(other -> (squares.replicate() + other.replicate()) / 2)
                        .orElse(squares.replicate());
        double rest =
                beside.map(other -> (squares.rest() + other.rest()) / 2).orElse(squares.rest());
        int replicateDegrees = (replicates - 1) * (beside.isPresent() ? 2 : 1);
        double excess = Math.max(0, squares.item() - squares.rest());
        double sum = replicate + excess;
        double uncertainty =
                replicate * replicate / replicateDegrees
                        + (excess > 0 ? squares.item() * squares.item() / (items - 1) : 0);
        double degrees = uncertainty == 0 ? replicateDegrees : sum * sum / uncertainty;
        return new Spread(
                squares.mean(),
                sum / (items * replicates),
                replicate,
                replicateDegrees,
                rest,
                Math.max(replicateDegrees, degrees));
    }

    double standardError() {
        return Math.sqrt(variance);
    }
}
