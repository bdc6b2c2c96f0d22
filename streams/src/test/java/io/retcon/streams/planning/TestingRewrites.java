package io.retcon.streams.planning;

import io.retcon.schemas.history.PackedTokens;
import io.retcon.schemas.record.Plan;
import io.retcon.schemas.record.Rewrite;
import io.retcon.schemas.record.RunManifest;
import io.retcon.streams.rewriting.SequenceRewriter;
import io.retcon.streams.state.Routed;
import io.retcon.streams.walking.TestingHistory;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** The changed sequences of an arm, without a topology. */
final class TestingRewrites {
    private TestingRewrites() {}

    static List<Rewrite> of(TestingHistory history, ArmPlan arm) {
        var manifest = (RunManifest) history.manifest().getAbout();
        var planned =
                new PlannedIntervention(
                        "i",
                        TestingHistory.RUN,
                        manifest,
                        new PlannedArms(List.of(arm), 0, List.of()));
        var fetch = new TokenFetch(run -> TestingTokenizer.words());
        var bySequence = new TreeMap<Long, List<Plan>>();
        for (var pair : planned.changes()) {
            var plan = pair.value.plan();
            if (plan.getClosing().isPresent()) {
                continue;
            }
            var source = fetch.destination(plan).orElseThrow();
            var sequence = history.sequence(source.getStep(), source.getSequence());
            var filled =
                    fetch.begin(plan, 0).visit(sequence, List.of(pair.value)).getFirst().value();
            var target = plan.getTarget().orElseThrow();
            bySequence
                    .computeIfAbsent(
                            target.getStep() * manifest.getSequencesPerStep()
                                    + target.getSequence(),
                            g -> new ArrayList<>())
                    .add((Plan) ((Routed<?>) filled).value());
        }
        var rewrites = new ArrayList<Rewrite>();
        for (var plans : bySequence.values()) {
            var target = plans.getFirst().getTarget().orElseThrow();
            var rewrite =
                    SequenceRewriter.rewrite(
                            history.sequence(target.getStep(), target.getSequence()), plans);
            if (!rewrite.getLineage().isEmpty()) {
                rewrites.add(rewrite);
            }
        }
        return rewrites;
    }

    static int[] tokens(Rewrite rewrite) {
        return PackedTokens.unpack(rewrite.getTokens(), rewrite.getWidth());
    }
}
