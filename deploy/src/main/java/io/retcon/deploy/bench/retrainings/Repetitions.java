package io.retcon.deploy.bench.retrainings;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.spec.Arm;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Repetitions of an experiment, made of a bank's retrainings, none of which takes part in two of
 * them, so that they are independent.
 *
 * @param replicates of each arm in each repetition
 */
record Repetitions(Bank bank, int replicates) {
    private static final List<String> ALIKE = List.of(Arm.CONTROL_LABEL, Arm.TREATED_LABEL);

    Repetitions {
        requireNonNull(bank, "bank is null");
        if (replicates < 1) {
            throw new RefusedInput("--replicates must be 1 or more");
        }
    }

    /**
     * Pairs of arms that are equal but for their seeds, called control and treated: the control
     * arm's retrainings against others of the control arm, then the treated arm's against others of
     * its own; consecutive ones in each.
     */
    List<Map<String, List<Replicate>>> alike() {
        var pairs = new ArrayList<Map<String, List<Replicate>>>();
        for (var arm : ALIKE) {
            var all = bank.of(arm);
            for (int from = 0; from + 2 * replicates <= all.size(); from += 2 * replicates) {
                pairs.add(
                        Map.of(
                                Arm.CONTROL_LABEL, all.subList(from, from + replicates),
                                Arm.TREATED_LABEL,
                                        all.subList(from + replicates, from + 2 * replicates)));
            }
        }
        return pairs;
    }

    /**
     * The demo with other seeds: consecutive replicates that are in the bank in each of the arms.
     */
    List<Map<String, List<Replicate>>> demos(List<String> arms) {
        var seeds = new TreeSet<Integer>();
        bank.of(arms.getFirst()).forEach(one -> seeds.add(one.replicate()));
        for (var arm : arms) {
            seeds.retainAll(bank.of(arm).stream().map(Replicate::replicate).toList());
        }
        var paired = new TreeMap<String, List<Replicate>>();
        for (var arm : arms) {
            paired.put(
                    arm,
                    bank.of(arm).stream()
                            .filter(one -> seeds.contains(one.replicate()))
                            .sorted(Comparator.comparing(Replicate::replicate))
                            .toList());
        }
        var demos = new ArrayList<Map<String, List<Replicate>>>();
        for (int from = 0; from + replicates <= seeds.size(); from += replicates) {
            int begin = from;
            var demo = new TreeMap<String, List<Replicate>>();
            paired.forEach((arm, all) -> demo.put(arm, all.subList(begin, begin + replicates)));
            demos.add(demo);
        }
        return demos;
    }
}
