package io.retcon.deploy.bench.calibration;

import io.retcon.schemas.spec.FactorialDesign;
import io.retcon.streams.effects.FactorialContrast;
import io.retcon.streams.statistics.PairedOutcomes;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Margins of a two-level design: every other factor has an effect of its own, retrainings differ,
 * and the first factor's effect is estimated.
 */
record FactorialWorld(int items, int factors, double ofReplicate, double truth) implements World {

    @Override
    public PairedOutcomes draw(RandomGenerator random) {
        var design = FactorialDesign.of(factors, FactorialDesign.runs(factors));
        int rows = design.rows().size();
        var onItem = MarginWorld.gaussians(items, 0.3, random);
        var values = new double[rows][items];
        for (int row = 0; row < rows; row++) {
            double shift = ofReplicate * random.nextGaussian();
            for (int factor = 1; factor < factors; factor++) {
                shift += design.isOn(row, factor) ? 0.5 * factor : 0;
            }
            for (int i = 0; i < items; i++) {
                double own = design.isOn(row, 0) ? truth + onItem[i] : 0;
                values[row][i] = shift + own + random.nextGaussian();
            }
        }
        var others = new ArrayList<double[]>();
        var all = new double[rows];
        Arrays.fill(all, 1);
        others.add(all);
        for (int factor = 1; factor < factors; factor++) {
            others.add(column(design, factor));
        }
        return PairedOutcomes.ofMarginContrast(
                FactorialContrast.of(others, column(design, 0)).orElseThrow().of(values));
    }

    private static double[] column(FactorialDesign design, int factor) {
        var column = new double[design.rows().size()];
        for (int row = 0; row < column.length; row++) {
            column[row] = design.isOn(row, factor) ? 1 : 0;
        }
        return column;
    }

    @Override
    public World planted(double effect) {
        return new FactorialWorld(items, factors, ofReplicate, effect);
    }
}
