package io.retcon.streams.walking;

import io.retcon.schemas.history.PackedTokens;
import io.retcon.schemas.record.Closing;
import io.retcon.schemas.record.HistorySequence;
import io.retcon.schemas.record.Operation;
import io.retcon.schemas.record.Plan;
import io.retcon.schemas.record.TokenWidth;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Plans of one arm of intervention 'i', in document order, with tokens. */
public record TestingPlans(String arm, List<Plan> plans) {

    /** Swaps of about a tenth of the documents of the first half of {@code history}. */
    public static TestingPlans random(Random random, TestingHistory history, String arm) {
        var donors =
                history.documents(history.steps() / 2, history.steps()).stream()
                        .filter(document -> document.getLength() >= 8)
                        .toList();
        var plans = new ArrayList<Plan>();
        for (var target : history.documents(0, history.steps() / 2)) {
            if (target.getLength() > 0 && target.getLength() <= 8 && random.nextInt(10) == 0) {
                var donor = donors.get(plans.size() % donors.size());
                plans.add(
                        plan(arm)
                                .setOperation(Operation.SWAP)
                                .setTarget(target)
                                .setDonor(donor)
                                .setTokens(PackedTokens.pack(history.tokens(donor), TokenWidth.U32))
                                .build());
            }
        }
        return new TestingPlans(arm, plans);
    }

    /** The plans whose targets lie in {@code sequence}. */
    public List<Plan> of(HistorySequence sequence) {
        return plans.stream()
                .filter(plan -> plan.getTarget().orElseThrow().getStep() == sequence.getStep())
                .filter(
                        plan ->
                                plan.getTarget().orElseThrow().getSequence()
                                        == sequence.getSequence())
                .toList();
    }

    /** The plans that lie in {@code partition} of one, and their closing plan. */
    public List<Plan> withClosing(int partition) {
        var all = new ArrayList<>(plans);
        all.add(plan(arm).setClosing(new Closing((long) plans.size(), "p" + partition)).build());
        return all;
    }

    private static Plan.Builder plan(String arm) {
        return Plan.newBuilder()
                .setIntervention("i")
                .setRun(TestingHistory.RUN)
                .setArm(arm)
                .setItems(List.of());
    }
}
