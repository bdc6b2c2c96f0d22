package io.retcon.deploy.bench.calibration;

import java.util.ArrayList;
import java.util.List;

/** Worlds that are not as the method's model has them. */
final class OtherCells {
    private static final int[] ITEMS = {21, 40, 200};
    private static final String SHARE = "acc_raw";
    private static final String MARGIN = "margin";
    private static final String MAIN = "treated-control";

    private OtherCells() {}

    static List<Cell> of(int replicates) {
        var cells = new ArrayList<Cell>();
        for (int items : ITEMS) {
            for (double mean : new double[] {0.7, 0.95}) {
                cells.add(beta(items, replicates, mean, mean));
            }
            for (double mean : new double[] {0.85, 0.45, 0.05}) {
                cells.add(beta(items, replicates, mean, 0.97));
            }
            cells.add(
                    odd(
                            "heavy-tails",
                            items,
                            replicates,
                            Draws.HEAVY_TAILED,
                            Draws.HEAVY_TAILED,
                            Draws.HEAVY_TAILED));
            cells.add(
                    odd(
                            "skewed-items",
                            items,
                            replicates,
                            Draws.SKEWED,
                            Draws.NORMAL,
                            Draws.NORMAL));
        }
        return cells;
    }

    private static Cell beta(int items, int replicates, double treated, double control) {
        var world =
                new BetaBinomialWorld(items, replicates, new double[] {treated, control}, 20, 4);
        var kind = "beta-binomial-%.2f-%.2f".formatted(treated, control);
        return new Cell(kind, items, replicates, SHARE, MAIN, world);
    }

    private static Cell odd(
            String kind, int items, int replicates, Draws ofItem, Draws ofReplicate, Draws ofRest) {
        return new Cell(
                kind,
                items,
                replicates,
                MARGIN,
                MAIN,
                new OddWorld(items, replicates, ofItem, ofReplicate, ofRest, 0));
    }
}
