package io.retcon.streams.statistics;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.IntToDoubleFunction;

/**
 * Levels at which tests that come one after the other are made, so that of all discoveries at most
 * a share is false, however many tests will come: LORD++ (Ramdas, Yang, Wainwright and Jordan,
 * <i>Online control of the false discovery rate with decaying memory</i>, 2017, after Javanmard and
 * Montanari, 2018). A level depends on where discoveries were made before, and on nothing else.
 *
 * @param alpha the share of discoveries that may be false
 * @param start what is there to spend before any discovery, at most alpha
 * @param spending how much of what is earned goes to the j-th test after, from 1; never rising, 1
 *     in all
 */
public record OnlineDiscoveries(double alpha, double start, IntToDoubleFunction spending) {
    /**
     * At 5 %, half of it there from the start. The j-th test gets 1/j(j + 1), which is more at the
     * beginning than the slow sequences that are best for thousands of tests: a spec that stands
     * makes tens.
     */
    public static final OnlineDiscoveries OF_CHECKPOINTS =
            new OnlineDiscoveries(0.05, 0.025, j -> 1.0 / j / (j + 1));

    /**
     * One of the tests.
     *
     * @param level that it was made at
     * @param discovery whether its p is at most that
     */
    public record Tested(double level, boolean discovery) {}

    public OnlineDiscoveries {
        requireNonNull(spending, "spending is null");
        if (!(start > 0 && start <= alpha && alpha < 1)) {
            throw new IllegalArgumentException(
                    "%s of %s cannot be spent from the start".formatted(start, alpha));
        }
    }

    /**
     * @param p in the order of the tests; a test without p spends its level and is no discovery
     */
    public List<Tested> tested(List<OptionalDouble> p) {
        var discoveries = new ArrayList<Integer>();
        var tested = new ArrayList<Tested>();
        for (int t = 1; t <= p.size(); t++) {
            double level = level(t, discoveries);
            var own = p.get(t - 1);
            boolean found = own.isPresent() && own.getAsDouble() <= level;
            if (found) {
                discoveries.add(t);
            }
            tested.add(new Tested(level, found));
        }
        return tested;
    }

    /** The first discovery gives back what the start has not taken of alpha, each later one all. */
    private double level(int t, List<Integer> discoveries) {
        double level = start * spending.applyAsDouble(t);
        for (int i = 0; i < discoveries.size(); i++) {
            double earned = i == 0 ? alpha - start : alpha;
            level += earned * spending.applyAsDouble(t - discoveries.get(i));
        }
        return level;
    }
}
