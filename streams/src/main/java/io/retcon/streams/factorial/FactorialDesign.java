package io.retcon.streams.factorial;

import io.retcon.schemas.RefusedInput;
import io.retcon.streams.planning.Arm;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Two-level combinations of factors, in which each factor is on in half of the rows and every two
 * factors are on together in a quarter of them. Where there are twice as many rows as a Hadamard
 * matrix of at least as many columns as factors, the matrix and its mirror image are stacked (a
 * fold-over: Box and Wilson, 1951), which keeps interactions of two factors apart from the factors'
 * own effects; with fewer rows a matrix alone (Plackett and Burman, <i>The design of optimum
 * multifactorial experiments</i>, 1946) does not.
 *
 * @param rows a digit a factor, 1 where it is on; the first row has none on
 */
public record FactorialDesign(List<String> rows) {
    /** More would be refused by no law, but by patience. */
    public static final int MOST_RUNS = 64;

    private static final int FEWEST_DEGREES = 3;

    public FactorialDesign {
        rows = List.copyOf(rows);
        if (rows.isEmpty() || rows.getFirst().contains("1")) {
            throw new IllegalArgumentException("no control among %s".formatted(rows));
        }
    }

    /** Two factors, the first one before the second. */
    public record Pair(int first, int second) {}

    /**
     * How an effect is mixed up with an interaction.
     *
     * @param share of the interaction that the effect's estimate holds, between 0 and 1
     */
    public record Alias(Pair pair, double share) {}

    /**
     * @throws RefusedInput if no such design is known, with the mend
     */
    public static FactorialDesign of(int factors, int runs) {
        if (runs % 4 != 0 || runs <= factors) {
            throw new RefusedInput(
                    "%d runs for %d factors: take a multiple of four above the number of factors"
                            .formatted(runs, factors));
        }
        if (factors < Integer.SIZE - 2 && runs > 1 << factors) {
            throw new RefusedInput(
                    "%d runs for %d factors, which have %d combinations: take these and more 'replicates'"
                            .formatted(runs, factors, 1 << factors));
        }
        if (runs > MOST_RUNS) {
            throw new RefusedInput(
                    "%d runs are more than the %d that designs are made for: take fewer, and more 'replicates'"
                            .formatted(runs, MOST_RUNS));
        }
        var folded = HadamardMatrix.of(runs / 2).filter(matrix -> factors <= runs / 2);
        var columns =
                folded.map(FactorialDesign::foldOver)
                        .or(() -> HadamardMatrix.of(runs).map(FactorialDesign::columns))
                        .orElseThrow(
                                () ->
                                        new RefusedInput(
                                                "no design of %d runs is known here: take %d"
                                                        .formatted(runs, runs + 4)));
        return of(runs, leastAliased(columns, factors));
    }

    /** The fewest runs that keep interactions of two factors apart from the factors' effects. */
    public static int runs(int factors) {
        int runs = 4;
        while (runs < 2 * factors || HadamardMatrix.of(runs / 2).isEmpty()) {
            runs += 4;
        }
        return runs;
    }

    /** The design that a spec's arms make. */
    public static FactorialDesign ofArms(List<String> arms) {
        int factors =
                arms.stream()
                        .map(arm -> Arm.named(arm).row().length())
                        .max(Integer::compare)
                        .orElse(0);
        return new FactorialDesign(
                arms.stream()
                        .map(arm -> Arm.named(arm).row())
                        .map(row -> row.isEmpty() ? "0".repeat(factors) : row)
                        .toList());
    }

    /** As many replicates of each row as say roughly how much retrainings differ. */
    public int replicates() {
        return rows.size() - 1 - factors() >= FEWEST_DEGREES ? 1 : 2;
    }

    public int factors() {
        return rows.getFirst().length();
    }

    public boolean isOn(int row, int factor) {
        return rows.get(row).charAt(factor) == '1';
    }

    /** An arm a row; the one with nothing on is the control. */
    public List<Arm> arms() {
        return rows.stream().map(row -> row.contains("1") ? Arm.row(row) : Arm.CONTROL).toList();
    }

    /** Interactions that an estimate of a factor's effect holds, too. */
    public List<Alias> aliases(int factor) {
        return pairs().stream()
                .filter(pair -> pair.first != factor && pair.second != factor)
                .map(pair -> new Alias(pair, share(signs(factor), signs(pair))))
                .filter(alias -> alias.share > 0)
                .toList();
    }

    /** Other interactions that an estimate of this one holds, too. */
    public List<Alias> aliases(Pair interaction) {
        return pairs().stream()
                .filter(pair -> !pair.equals(interaction))
                .map(pair -> new Alias(pair, share(signs(interaction), signs(pair))))
                .filter(alias -> alias.share > 0)
                .toList();
    }

    /**
     * Interactions that can be told from every factor's effect; of those that cannot be told from
     * one another the first.
     */
    public List<Pair> interactions() {
        var apart = new TreeMap<String, Pair>();
        for (var pair : pairs()) {
            var signs = signs(pair);
            boolean clear =
                    IntStream.range(0, factors())
                            .allMatch(factor -> share(signs, signs(factor)) == 0);
            if (clear) {
                apart.putIfAbsent(text(signs), pair);
            }
        }
        return apart.values().stream()
                .sorted((a, b) -> a.first == b.first ? a.second - b.second : a.first - b.first)
                .toList();
    }

    private List<Pair> pairs() {
        var pairs = new ArrayList<Pair>();
        for (int a = 0; a < factors(); a++) {
            for (int b = a + 1; b < factors(); b++) {
                pairs.add(new Pair(a, b));
            }
        }
        return pairs;
    }

    private int[] signs(int factor) {
        return IntStream.range(0, rows.size()).map(row -> isOn(row, factor) ? 1 : -1).toArray();
    }

    private int[] signs(Pair pair) {
        return product(signs(pair.first), signs(pair.second));
    }

    private static int[] product(int[] a, int[] b) {
        return IntStream.range(0, a.length).map(i -> a[i] * b[i]).toArray();
    }

    private static double share(int[] a, int[] b) {
        return Math.abs((double) IntStream.of(product(a, b)).sum()) / a.length;
    }

    /** The same for two columns of opposite signs. */
    private static String text(int[] signs) {
        var text = new StringBuilder();
        for (int sign : signs) {
            text.append(sign == signs[0] ? '=' : '!');
        }
        return text.toString();
    }

    private static List<int[]> foldOver(HadamardMatrix matrix) {
        int order = matrix.signs().length;
        return IntStream.range(0, order)
                .mapToObj(
                        column ->
                                IntStream.range(0, 2 * order)
                                        .map(
                                                row ->
                                                        row < order
                                                                ? -matrix.signs()[row][column]
                                                                : matrix.signs()[row - order][
                                                                        column])
                                        .toArray())
                .toList();
    }

    private static List<int[]> columns(HadamardMatrix matrix) {
        int order = matrix.signs().length;
        return IntStream.range(1, order)
                .mapToObj(
                        column ->
                                IntStream.range(0, order)
                                        .map(row -> -matrix.signs()[row][column])
                                        .toArray())
                .toList();
    }

    /** Column by column the one whose interactions are mixed up least with those there already. */
    private static List<int[]> leastAliased(List<int[]> columns, int factors) {
        var left = new ArrayList<>(columns);
        var chosen = new ArrayList<int[]>();
        var products = new ArrayList<int[]>();
        while (chosen.size() < factors) {
            int best = 0;
            double least = Double.POSITIVE_INFINITY;
            for (int i = 0; i < left.size() && least > 0; i++) {
                double mixed = mixed(left.get(i), chosen, products);
                if (mixed < least) {
                    least = mixed;
                    best = i;
                }
            }
            var column = left.remove(best);
            chosen.forEach(other -> products.add(product(column, other)));
            chosen.add(column);
        }
        return chosen;
    }

    private static double mixed(int[] column, List<int[]> chosen, List<int[]> products) {
        double sum = 0;
        for (var product : products) {
            sum += square(share(column, product));
        }
        for (var other : chosen) {
            var mine = product(column, other);
            for (var product : products) {
                sum += square(share(mine, product));
            }
        }
        return sum;
    }

    private static double square(double value) {
        return value * value;
    }

    private static FactorialDesign of(int runs, List<int[]> columns) {
        var rows =
                IntStream.range(0, runs)
                        .mapToObj(row -> digits(columns, row))
                        .distinct()
                        .sorted()
                        .toList();
        if (rows.size() < runs) {
            throw new RefusedInput(
                    "%d runs for %d factors would repeat combinations: take %d and more 'replicates'"
                            .formatted(runs, columns.size(), runs(columns.size())));
        }
        return new FactorialDesign(rows);
    }

    private static String digits(List<int[]> columns, int row) {
        var digits = new StringBuilder();
        columns.forEach(column -> digits.append(column[row] > 0 ? '1' : '0'));
        return digits.toString();
    }

    /** What it saves against asking one factor after the other. */
    public Saving saving(int replicates) {
        return new Saving(factors(), rows.size() * replicates);
    }
}
