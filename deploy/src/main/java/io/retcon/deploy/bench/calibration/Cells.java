package io.retcon.deploy.bench.calibration;

import static io.retcon.deploy.bench.calibration.BinaryWorld.both;

import java.util.ArrayList;
import java.util.List;

/** The worlds of {@code bench calibration}. */
final class Cells {
    private static final int[] REPLICATES = {2, 3, 5, 8};
    private static final int[] ITEMS = {10, 21, 40, 200};
    private static final int[] RELATIONS = {2, 3, 4, 5, 7, 8, 12};
    private static final double[] DOSES = {1, 0.5, 0.25, 0};
    private static final double CEILING = 30;
    private static final String MARGIN = "margin";
    private static final String SHARE = "acc_raw";
    private static final String MAIN = "treated-control";

    private final List<Cell> cells = new ArrayList<>();

    private Cells() {}

    static List<Cell> all() {
        var all = new Cells();
        for (int replicates : REPLICATES) {
            for (int items : ITEMS) {
                all.alike(items, replicates);
                all.atTheCeiling(items, replicates);
                all.learned(items, replicates);
            }
            all.unequal(replicates);
            all.dose(replicates);
            OtherCells.of(replicates).forEach(all.cells::add);
        }
        all.relations();
        all.factorial();
        all.oneReplicate();
        return List.copyOf(all.cells);
    }

    private void alike(int items, int replicates) {
        add("alike", items, replicates, MARGIN, MAIN, margins(items, replicates, 0.3, 0.3));
        add("alike", items, replicates, SHARE, MAIN, shares(items, replicates, 0, 0.5));
        add(
                "alike",
                items,
                replicates,
                "acc_per_token",
                MAIN,
                new PerTokenWorld(items, replicates, 0.3, 0));
    }

    /** Both arms know nearly everything. */
    private void atTheCeiling(int items, int replicates) {
        for (double level : new double[] {2.5, 4.5}) {
            add(
                    "ceiling-" + level,
                    items,
                    replicates,
                    SHARE,
                    "placebo-control",
                    shares(items, replicates, level, 0.6));
        }
    }

    /** The control knows everything, the treated arm lost some of it. */
    private void learned(int items, int replicates) {
        for (double deviation : new double[] {0.6, 1.0}) {
            for (double level : new double[] {2.65, 1, 0, -2.5, -3.05}) {
                var world =
                        new BinaryWorld(
                                items,
                                replicates,
                                0.5,
                                new double[] {level, CEILING},
                                new double[] {deviation, 0},
                                MarginWorld.TWO_ARMS,
                                1,
                                0);
                add(
                        "learned-%.2f-sd-%.1f".formatted(world.truth(), deviation),
                        items,
                        replicates,
                        SHARE,
                        MAIN,
                        world);
            }
        }
    }

    private void unequal(int replicates) {
        for (int times : new int[] {1, 2, 4, 10}) {
            add(
                    "sd-times-" + times,
                    40,
                    replicates,
                    MARGIN,
                    MAIN,
                    margins(40, replicates, 0.3 * times, 0.3));
            add(
                    "sd-times-" + times,
                    40,
                    replicates,
                    SHARE,
                    MAIN,
                    binary(40, replicates, 0.2 * times));
        }
    }

    private void dose(int replicates) {
        add(
                "dose",
                40,
                replicates,
                MARGIN,
                "dose-trend",
                new MarginWorld(40, replicates, 0.3, four(0.3), DOSES, 1, 0, 0));
        add(
                "dose",
                40,
                replicates,
                SHARE,
                "dose-trend",
                new BinaryWorld(40, replicates, 0.5, four(1), four(0.5), DOSES, 1, 0));
    }

    private void relations() {
        for (int relations : RELATIONS) {
            for (int replicates : new int[] {2, 3, 5}) {
                var kind = "relations-" + relations;
                add(
                        kind,
                        60,
                        replicates,
                        MARGIN,
                        MAIN,
                        new MarginWorld(
                                60,
                                replicates,
                                0.3,
                                both(0.3),
                                MarginWorld.TWO_ARMS,
                                relations,
                                0.5,
                                0));
                add(
                        kind,
                        60,
                        replicates,
                        SHARE,
                        MAIN,
                        new BinaryWorld(
                                60,
                                replicates,
                                0.5,
                                both(1),
                                both(0.5),
                                MarginWorld.TWO_ARMS,
                                relations,
                                0.7));
            }
        }
    }

    private void factorial() {
        for (int factors : new int[] {3, 5, 8}) {
            for (double deviation : new double[] {0.1, 0.5}) {
                add(
                        "factorial-%d-sd-%.1f".formatted(factors, deviation),
                        40,
                        2,
                        MARGIN,
                        "factor-first",
                        new FactorialWorld(40, factors, deviation, 0));
            }
        }
    }

    private void oneReplicate() {
        add("one-replicate", 40, 1, MARGIN, MAIN, margins(40, 1, 1, 1));
        add("one-replicate", 40, 1, SHARE, MAIN, shares(40, 1, 1, 1));
    }

    private static World margins(int items, int replicates, double ofTreated, double ofControl) {
        return new MarginWorld(
                items,
                replicates,
                0.3,
                new double[] {ofTreated, ofControl},
                MarginWorld.TWO_ARMS,
                1,
                0,
                0);
    }

    private static World shares(int items, int replicates, double level, double deviation) {
        return new BinaryWorld(
                items, replicates, 0.5, both(level), both(deviation), MarginWorld.TWO_ARMS, 1, 0);
    }

    private static World binary(int items, int replicates, double ofTreated) {
        return new BinaryWorld(
                items,
                replicates,
                0.5,
                new double[] {0, 0},
                new double[] {ofTreated, 0.2},
                MarginWorld.TWO_ARMS,
                1,
                0);
    }

    private static double[] four(double value) {
        return new double[] {value, value, value, value};
    }

    private void add(
            String kind, int items, int replicates, String metric, String contrast, World world) {
        cells.add(new Cell(kind, items, replicates, metric, contrast, world));
    }
}
