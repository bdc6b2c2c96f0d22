package io.retcon.streams.effects;

import io.retcon.schemas.record.Retraining;
import io.retcon.schemas.record.RetrainingState;
import io.retcon.schemas.spec.Contrast;
import io.retcon.schemas.spec.InterventionSpec;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Which retrainings of an intervention came to an end, and what was done to their arms.
 *
 * @param spec of the intervention
 * @param done arm to the replicates that succeeded, in order
 * @param documents arm to the documents changed in it
 * @param truncated arm to the tokens that fell off the ends of its sequences
 * @param matchingDonors arm to the donors in it that match an item of the benchmark
 * @param cuts arm to the changed documents in it that go on from the sequence before
 * @param counted the replicates that effects are estimated from, in order
 * @param remarks what every effect must say of them
 */
record FinishedArms(
        InterventionSpec spec,
        Map<String, TreeSet<Integer>> done,
        Map<String, Long> documents,
        Map<String, Long> truncated,
        Map<String, Long> matchingDonors,
        Map<String, Long> cuts,
        List<Integer> counted,
        List<String> remarks) {
    FinishedArms {
        counted = List.copyOf(counted);
        remarks = List.copyOf(remarks);
    }

    static FinishedArms of(InterventionSpec spec, Collection<Retraining> retrainings) {
        var done = new TreeMap<String, TreeSet<Integer>>();
        var documents = new TreeMap<String, Long>();
        var truncated = new TreeMap<String, Long>();
        var matchingDonors = new TreeMap<String, Long>();
        var cuts = new TreeMap<String, Long>();
        for (var retraining : retrainings) {
            var arm = retraining.getId().getArm();
            documents.merge(arm, retraining.getDocuments(), Math::max);
            truncated.merge(arm, retraining.getTruncated(), Math::max);
            matchingDonors.merge(arm, retraining.getMatchingDonors(), Math::max);
            cuts.merge(arm, retraining.getCuts(), Math::max);
            if (retraining.getState() == RetrainingState.DONE) {
                done.computeIfAbsent(arm, first -> new TreeSet<>())
                        .add(retraining.getId().getReplicate());
            }
        }
        var all = IntStream.range(0, spec.retrain().getReplicates()).boxed().toList();
        return new FinishedArms(
                spec, done, documents, truncated, matchingDonors, cuts, all, List.of());
    }

    /** The same, but that effects are estimated from some replicates only, and say why. */
    FinishedArms counting(List<Integer> replicates, String remark) {
        return new FinishedArms(
                spec,
                done,
                documents,
                truncated,
                matchingDonors,
                cuts,
                replicates,
                List.of(remark));
    }

    /** The replicates of an arm that succeeded and that effects are estimated from. */
    List<Integer> replicates(String arm) {
        var succeeded = new TreeSet<>(done.getOrDefault(arm, new TreeSet<>()));
        succeeded.retainAll(counted);
        return List.copyOf(succeeded);
    }

    /** The replicates that succeeded in both arms. */
    List<Integer> paired(Contrast contrast) {
        var paired = new TreeSet<>(replicates(contrast.first()));
        paired.retainAll(replicates(contrast.second()));
        return List.copyOf(paired);
    }

    /**
     * The replicates that a contrast goes without, because a retraining of one of its arms failed.
     */
    List<Integer> missing(Contrast contrast) {
        var paired = paired(contrast);
        return counted.stream().filter(replicate -> !paired.contains(replicate)).toList();
    }
}
