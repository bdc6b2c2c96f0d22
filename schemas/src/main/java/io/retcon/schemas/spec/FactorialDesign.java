package io.retcon.schemas.spec;

import io.retcon.schemas.RefusedInput;

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
                        .or(() -> HadamardMatrix.of(runs).map(matrix -> columns(matrix, 1)))
                        .orElseThrow(
                                () ->
                                        new RefusedInput(
                                                "no design of %d runs is known here: take %d"
                                                        .formatted(runs, runs + 4)));
        return of(runs, leastAliased(columns, factors, runs));
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
                .map(pair -> new Alias(pair, share(off(factor), off(pair), rows.size())))
                .filter(alias -> alias.share > 0)
                .toList();
    }

    /** Other interactions that an estimate of this one holds, too. */
    public List<Alias> aliases(Pair interaction) {
        return pairs().stream()
                .filter(pair -> !pair.equals(interaction))
                .map(pair -> new Alias(pair, share(off(interaction), off(pair), rows.size())))
                .filter(alias -> alias.share > 0)
                .toList();
    }

    /**
     * Interactions that can be told from every factor's effect; of those that cannot be told from
     * one another the first.
     */
    public List<Pair> interactions() {
        var apart = new TreeMap<Long, Pair>();
        for (var pair : pairs()) {
            long off = off(pair);
            boolean clear =
                    IntStream.range(0, factors())
                            .allMatch(factor -> share(off, off(factor), rows.size()) == 0);
            if (clear) {
                // The same for two columns of opposite signs.
                apart.putIfAbsent(Math.min(off, mask(rows.size()) ^ off), pair);
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

    /** A bit for each row in which the factor is off. */
    private long off(int factor) {
        long off = 0;
        for (int row = 0; row < rows.size(); row++) {
            off |= isOn(row, factor) ? 0 : 1L << row;
        }
        return off;
    }

    /** A bit for each row in which the product of both factors' signs is −1. */
    private long off(Pair pair) {
        return off(pair.first) ^ off(pair.second);
    }

    /** How much two columns of signs have in common, 0 where they are orthogonal. */
    private static double share(long a, long b, int runs) {
        return Math.abs(runs - 2 * Long.bitCount(a ^ b)) / (double) runs;
    }

    private static long mask(int runs) {
        return runs == Long.SIZE ? -1 : (1L << runs) - 1;
    }

    private static List<Long> foldOver(HadamardMatrix matrix) {
        int order = matrix.signs().length;
        return columns(matrix, 0).stream().map(off -> off | (mask(order) ^ off) << order).toList();
    }

    /** A bit for each −1, all signs changed so that the first row has a factor on nowhere. */
    private static List<Long> columns(HadamardMatrix matrix, int first) {
        int order = matrix.signs().length;
        return IntStream.range(first, order)
                .mapToObj(
                        column -> {
                            long off = 0;
                            for (int row = 0; row < order; row++) {
                                off |= matrix.signs()[row][column] > 0 ? 1L << row : 0;
                            }
                            return off;
                        })
                .toList();
    }

    /** Column by column the one whose interactions are mixed up least with those there already. */
    private static List<Long> leastAliased(List<Long> columns, int factors, int runs) {
        var left = new ArrayList<>(columns);
        var chosen = new ArrayList<Long>();
        var products = new ArrayList<Long>();
        while (chosen.size() < factors) {
            int best = 0;
            double least = Double.POSITIVE_INFINITY;
            for (int i = 0; i < left.size() && least > 0; i++) {
                double mixed = mixed(left.get(i), chosen, products, runs);
                if (mixed < least) {
                    least = mixed;
                    best = i;
                }
            }
            long column = left.remove(best);
            chosen.forEach(other -> products.add(column ^ other));
            chosen.add(column);
        }
        return chosen;
    }

    private static double mixed(long column, List<Long> chosen, List<Long> products, int runs) {
        double sum = 0;
        for (long product : products) {
            double own = share(column, product, runs);
            sum += own * own;
            for (long other : chosen) {
                double ofPair = share(column ^ other, product, runs);
                sum += ofPair * ofPair;
            }
        }
        return sum;
    }

    private static FactorialDesign of(int runs, List<Long> columns) {
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

    private static String digits(List<Long> columns, int row) {
        var digits = new StringBuilder();
        columns.forEach(off -> digits.append((off >>> row & 1) == 0 ? '1' : '0'));
        return digits.toString();
    }

    /** What it saves against asking one factor after the other. */
    public Saving saving(int replicates) {
        return new Saving(factors(), rows.size() * replicates);
    }
}
