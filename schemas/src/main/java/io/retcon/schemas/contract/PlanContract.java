package io.retcon.schemas.contract;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.record.Answer;
import io.retcon.schemas.record.Closing;
import io.retcon.schemas.record.Match;
import io.retcon.schemas.record.Plan;
import io.retcon.schemas.record.Request;
import io.retcon.schemas.record.Rewrite;

/** The bounds of matches, plans, requests and rewritten sequences, and of what closes them. */
final class PlanContract {
    private static final int ANSWER = 1 << 22;

    private PlanContract() {}

    static void check(Match match) {
        Bounds.name("intervention", match.getIntervention());
        match.getClosing().ifPresent(PlanContract::check);
        match.getDocument().ifPresent(Bounds::document);
        if (match.getClosing().isEmpty() && match.getDocument().isEmpty()) {
            throw new RefusedInput(
                    "a match of intervention %s names no document and closes nothing: publish one that does"
                            .formatted(match.getIntervention()));
        }
    }

    static void check(Plan plan) {
        Bounds.name("intervention", plan.getIntervention());
        Bounds.name("run", plan.getRun());
        Bounds.name("arm", plan.getArm());
        Bounds.atLeast(0, "order", plan.getOrder());
        plan.getTarget().ifPresent(Bounds::document);
        plan.getDonor().ifPresent(Bounds::donor);
        plan.getTimeoutSeconds().ifPresent(seconds -> Bounds.atLeast(0, "timeoutSeconds", seconds));
        plan.getClosing().ifPresent(PlanContract::check);
        if (plan.getClosing().isEmpty()
                && (plan.getTarget().isEmpty() || plan.getOperation().isEmpty())) {
            throw new RefusedInput(
                    "a plan of arm '%s' of intervention %s changes no document and closes nothing: publish one that does"
                            .formatted(plan.getArm(), plan.getIntervention()));
        }
    }

    static void check(Request request) {
        Bounds.name("intervention", request.getIntervention());
        Bounds.document(request.getDocument());
        Bounds.atLeast(0, "partition", request.getPartition());
        check(request.getPlan());
        if (request.getPlan().getTimeoutSeconds().isEmpty()) {
            throw new RefusedInput("a request must say how long its answer is waited for");
        }
    }

    static void check(Answer answer) {
        answer.getText().ifPresent(text -> Bounds.between(0, ANSWER, "text", text.length()));
    }

    static void check(Rewrite rewrite) {
        Bounds.name("intervention", rewrite.getIntervention());
        Bounds.name("run", rewrite.getRun());
        Bounds.name("arm", rewrite.getArm());
        rewrite.getClosing().ifPresent(PlanContract::check);
        if (rewrite.getClosing().isPresent()) {
            return;
        }
        if (rewrite.getStep().isEmpty() || rewrite.getSequence().isEmpty()) {
            throw new RefusedInput(
                    "a rewrite of arm '%s' of intervention %s names no sequence and closes nothing"
                            .formatted(rewrite.getArm(), rewrite.getIntervention()));
        }
        Bounds.atLeast(0, "step", rewrite.getStep().get());
        Bounds.atLeast(0, "sequence", rewrite.getSequence().get());
        int tokens = HistoryContract.tokens(rewrite.getTokens(), rewrite.getWidth());
        HistoryContract.spans(rewrite.getDocuments(), tokens);
        rewrite.getMasked()
                .forEach(span -> Bounds.span("mask", span.getStart(), span.getLength(), tokens));
        rewrite.getTruncated().forEach(cut -> Bounds.atLeast(0, "truncated", cut.getTokens()));
    }

    private static void check(Closing closing) {
        Bounds.atLeast(0, "records", closing.getRecords());
    }
}
