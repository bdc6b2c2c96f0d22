package io.retcon.streams.statistics;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.IntStream;

/** How the p of estimates that are judged together are adjusted for how many they are. */
public enum Adjustment {
    /**
     * The least rate of false discoveries at which an estimate would still be called one (Benjamini
     * and Hochberg, <i>Controlling the false discovery rate</i>, 1995).
     */
    BH {
        @Override
        double factor(int rank, int count) {
            return (double) count / rank;
        }

        @Override
        double[] settled(double[] raised) {
            for (int i = raised.length - 2; i >= 0; i--) {
                raised[i] = Math.min(raised[i], raised[i + 1]);
            }
            return raised;
        }
    },

    /**
     * The least chance of any false discovery at which an estimate would still be called one (Holm,
     * <i>A simple sequentially rejective multiple test procedure</i>, 1979).
     */
    HOLM {
        @Override
        double factor(int rank, int count) {
            return count - rank + 1;
        }

        @Override
        double[] settled(double[] raised) {
            for (int i = 1; i < raised.length; i++) {
                raised[i] = Math.max(raised[i], raised[i - 1]);
            }
            return raised;
        }
    };

    /**
     * @param name as specs give it: bh, holm
     */
    public static Adjustment named(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    /** As specs name it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The adjusted p, each at its p's place. */
    public double[] adjusted(double[] p) {
        var order =
                IntStream.range(0, p.length)
                        .boxed()
                        .sorted(Comparator.comparingDouble(i -> p[i]))
                        .toList();
        var settled =
                settled(
                        IntStream.range(0, p.length)
                                .mapToDouble(i -> p[order.get(i)] * factor(i + 1, p.length))
                                .toArray());
        var adjusted = new double[p.length];
        for (int i = 0; i < p.length; i++) {
            adjusted[order.get(i)] = Math.min(1, settled[i]);
        }
        return adjusted;
    }

    /**
     * The level that each p is in effect held against: those below it, or at it, are discoveries.
     */
    public double threshold(double[] p, double alpha) {
        long found = Arrays.stream(adjusted(p)).filter(q -> q <= alpha).count();
        return alpha / factor((int) Math.max(1, found), p.length);
    }

    /** What the p of a rank, from 1 for the smallest, is multiplied by. */
    abstract double factor(int rank, int count);

    /** Ascending p, multiplied, made to ascend. */
    abstract double[] settled(double[] raised);
}
