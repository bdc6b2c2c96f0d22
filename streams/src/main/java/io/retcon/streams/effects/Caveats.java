package io.retcon.streams.effects;

import io.retcon.schemas.spec.Arm;
import io.retcon.schemas.spec.Contrast;
import io.retcon.streams.statistics.PairedEstimate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a reader must know before believing an estimate, in words. */
final class Caveats {
    private static final int FEW_REPLICATES = 5;
    private static final int FEW_ITEMS = 10;
    private static final int FEW_CLUSTERS = 12;

    private Caveats() {}

    /** Of all arms, whatever is compared. */
    static List<String> ofStart(FinishedArms arms) {
        var caveats = new ArrayList<>(arms.remarks());
        if (arms.spec().retrain().getOptimizer().equals("cold")) {
            caveats.add(
                    "cold optimizer: where the checkpoint had no optimizer state, every arm"
                            + " began without it, as the original run did not");
        }
        return caveats;
    }

    /** Of a contrast's arms, whatever is compared. */
    static List<String> ofArms(Contrast contrast, FinishedArms arms) {
        var caveats = new ArrayList<>(ofStart(arms));
        var missing = arms.missing(contrast);
        if (!missing.isEmpty()) {
            caveats.add(
                    "retrainings failed: replicates %s are left out of both arms"
                            .formatted(missing));
        }
        arms.spec().arms().stream()
                .filter(contrast::involves)
                .forEach(arm -> caveats.addAll(ofArm(arm, arm, arms)));
        return caveats;
    }

    /** Of two matchers' treated arms, over so many items and these replicates. */
    static List<String> ofMatchers(MatcherDifference of, int items, List<Integer> replicates) {
        var caveats = new ArrayList<>(ofStart(of.first().arms()));
        var contrast = of.contrast();
        var missing = new ArrayList<>(of.first().arms().counted());
        missing.removeAll(replicates);
        if (!missing.isEmpty()) {
            caveats.add(
                    "retrainings failed: replicates %s are left out of both arms"
                            .formatted(missing));
        }
        int first = of.first().selection().getItems().size();
        int second = of.second().selection().getItems().size();
        if (items < first || items < second) {
            caveats.add(
                    "over the %d items that both matchers have, of %d and %d"
                            .formatted(items, first, second));
        }
        long documents = documents(of.first());
        if (documents != documents(of.second())) {
            caveats.add(
                    "%s changed %d documents and %s %d, which alone can make them differ"
                            .formatted(
                                    contrast.first(),
                                    documents,
                                    contrast.second(),
                                    documents(of.second())));
        }
        caveats.addAll(ofArm(Arm.TREATED.label(), contrast.first(), of.first().arms()));
        caveats.addAll(ofArm(Arm.TREATED.label(), contrast.second(), of.second().arms()));
        return caveats;
    }

    private static long documents(Retrained one) {
        return one.arms().documents().getOrDefault(Arm.TREATED.label(), 0L);
    }

    private static List<String> ofArm(String arm, String name, FinishedArms arms) {
        var caveats = new ArrayList<String>();
        long truncated = arms.truncated().getOrDefault(arm, 0L);
        if (truncated > 0) {
            caveats.add(
                    "%s: %d tokens fell off the ends of its sequences".formatted(name, truncated));
        }
        long cuts = arms.cuts().getOrDefault(arm, 0L);
        if (cuts > 0) {
            caveats.add(
                    "%s: %d of the changed documents go on from the sequence before, whose end cuts them"
                            .formatted(name, cuts));
        }
        long donors = arms.matchingDonors().getOrDefault(arm, 0L);
        if (donors > 0) {
            caveats.add(
                    "%s: %d of what came in matches an item of the benchmark, and may teach it"
                            .formatted(name, donors));
        }
        return caveats;
    }

    /** Of an estimate from outcomes [replicate][item] of both arms. */
    static List<String> ofOutcomes(
            double[][] first, double[][] second, String metric, String vary) {
        var caveats = new ArrayList<>(ofReplicates(first.length, first[0].length, vary));
        if (!metric.equals("margin")) {
            addUniform(caveats, first, second);
        }
        return caveats;
    }

    /** Of so many replicates and items. */
    static List<String> ofReplicates(int replicates, int items, String vary) {
        var caveats = new ArrayList<String>();
        if (replicates == 1) {
            caveats.add(
                    "one replicate: how much retrainings differ is unknown, so there is no"
                            + " interval, p or q; two or more replicates give them");
        } else {
            caveats.add("replicates differ in " + difference(vary));
        }
        if (replicates > 1 && replicates < FEW_REPLICATES) {
            caveats.add(
                    "%d replicates: how much retrainings differ is known only roughly"
                            .formatted(replicates));
        }
        if (items < FEW_ITEMS) {
            caveats.add(items == 1 ? "one item" : "%d items".formatted(items));
        }
        return caveats;
    }

    static List<String> ofPower(PairedEstimate estimate) {
        return estimate.isKnown() && !estimate.detects()
                ? List.of(
                        "no change, however large, would be found in 80 % of such interventions:"
                                + " it takes more replicates or items")
                : List.of();
    }

    /**
     * @param clusters whose items are taken as alike
     * @param relations of the items
     */
    static List<String> ofClusters(Optional<Clusters> clusters, Clusters relations) {
        if (clusters.isPresent()) {
            int count = clusters.get().names().size();
            var by = clusters.get().by();
            return List.of(
                    "items of one %s are taken as alike: the interval knows how %d %ss differ%s"
                            .formatted(
                                    by,
                                    count,
                                    by,
                                    count < FEW_CLUSTERS ? ", and few they are" : ""));
        }
        int count = relations.names().size();
        return count > 1
                ? List.of(
                        "items of %d relations are taken as independent: the spec says so"
                                .formatted(count))
                : List.of();
    }

    private static void addUniform(List<String> caveats, double[][] first, double[][] second) {
        if (all(1, first) && all(1, second)) {
            caveats.add("every item is right in both arms: a gain could not show");
        } else if (all(0, first) && all(0, second)) {
            caveats.add("every item is wrong in both arms: a loss could not show");
        }
    }

    private static boolean all(double value, double[][] outcomes) {
        return Arrays.stream(outcomes)
                .flatMapToDouble(Arrays::stream)
                .allMatch(outcome -> outcome == value);
    }

    private static String difference(String vary) {
        return switch (vary) {
            case "order" -> "the order of the steps in the window";
            case "jitter" -> "a relative 1e-6 on the starting weights";
            default -> vary;
        };
    }
}
