package io.retcon.streams.effects;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * One coefficient of a linear model over retrainings, by ordinary least squares, and what is left
 * to say how much retrainings differ: as many contrasts, orthogonal to the model and to one another
 * and of the coefficient's variance, as there are retrainings beyond the model's coefficients (the
 * estimate of σ² from the residuals, taken apart: Seber and Lee, <i>Linear Regression Analysis</i>,
 * 2003, section 3.3). What the model leaves out, as interactions, widens the interval.
 *
 * @param estimate weight of each retraining in the coefficient
 * @param spare [contrast][retraining], weights of contrasts that expect 0
 */
public record FactorialContrast(double[] estimate, double[][] spare) {
    private static final double NOTHING = 1e-9;

    public FactorialContrast {
        requireNonNull(estimate, "estimate is null");
        requireNonNull(spare, "spare is null");
    }

    /**
     * Empty where the coefficient cannot be told from the other columns.
     *
     * @param others columns of the model, of one entry a retraining
     * @param column the coefficient's
     */
    public static Optional<FactorialContrast> of(List<double[]> others, double[] column) {
        var basis = new ArrayList<double[]>();
        others.forEach(other -> orthogonal(other, basis).ifPresent(basis::add));
        var own = orthogonal(column, basis);
        if (own.isEmpty()) {
            return Optional.empty();
        }
        basis.add(own.get());
        double scale = 1 / product(own.get(), column);
        int model = basis.size();
        for (int retraining = 0; basis.size() < column.length; retraining++) {
            var unit = new double[column.length];
            unit[retraining] = 1;
            orthogonal(unit, basis).ifPresent(basis::add);
        }
        var spare = basis.subList(model, basis.size());
        return Optional.of(
                new FactorialContrast(
                        scaled(own.get(), scale),
                        spare.stream()
                                .map(of -> scaled(of, Math.abs(scale)))
                                .toArray(double[][]::new)));
    }

    /** Degrees of freedom that say how much retrainings differ. */
    int degrees() {
        return spare.length;
    }

    /**
     * The coefficient of every item as though from replicates: their mean is the estimate, and the
     * differences between them are the spare contrasts (turned by a discrete cosine transform,
     * which is orthogonal), so that their mean square between replicates is the residuals'.
     *
     * @param values [retraining][item]
     * @return [replicate][item]
     */
    public double[][] of(double[][] values) {
        int replicates = spare.length + 1;
        int items = values[0].length;
        var difference = new double[replicates][items];
        for (int j = 0; j < replicates; j++) {
            var combined = combined(j == 0 ? estimate : spare[j - 1], values);
            for (int r = 0; r < replicates; r++) {
                double turn =
                        j == 0
                                ? 1
                                : Math.sqrt(2)
                                        * Math.cos(Math.PI * j * (2 * r + 1) / (2 * replicates));
                for (int i = 0; i < items; i++) {
                    difference[r][i] += turn * combined[i];
                }
            }
        }
        return difference;
    }

    /** The largest coefficient that outcomes between 0 and 1 allow. */
    public double reach() {
        return Arrays.stream(estimate).map(Math::abs).sum() / 2;
    }

    private static double[] combined(double[] weights, double[][] values) {
        var combined = new double[values[0].length];
        for (int retraining = 0; retraining < weights.length; retraining++) {
            for (int i = 0; i < combined.length; i++) {
                combined[i] += weights[retraining] * values[retraining][i];
            }
        }
        return combined;
    }

    /** Of length 1, by Gram and Schmidt, twice for rounding; empty where nothing is left. */
    private static Optional<double[]> orthogonal(double[] column, List<double[]> basis) {
        var left = column.clone();
        for (int time = 0; time < 2; time++) {
            for (var other : basis) {
                double part = product(left, other);
                for (int i = 0; i < left.length; i++) {
                    left[i] -= part * other[i];
                }
            }
        }
        double length = Math.sqrt(product(left, left));
        return length < NOTHING ? Optional.empty() : Optional.of(scaled(left, 1 / length));
    }

    private static double product(double[] a, double[] b) {
        return IntStream.range(0, a.length).mapToDouble(i -> a[i] * b[i]).sum();
    }

    private static double[] scaled(double[] column, double scale) {
        return Arrays.stream(column).map(value -> value * scale).toArray();
    }
}
