package io.retcon.streams.rewriting;

import io.retcon.schemas.history.PackedTokens;
import io.retcon.schemas.record.DocumentRef;
import io.retcon.schemas.record.DocumentSpan;
import io.retcon.schemas.record.HistorySequence;
import io.retcon.schemas.record.Operation;
import io.retcon.schemas.record.Plan;
import io.retcon.schemas.record.Replacement;
import io.retcon.schemas.record.Rewrite;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Applies an arm's plans to one sequence: a donor replaces its target in place, what follows
 * shifts, and the sequence is cut at T tokens. Every token is untouched, replaced, or listed as
 * truncated.
 *
 * <p>A donor that is shorter than its target would leave the sequence short, so that swap is left
 * out, as the reference's {@code swap_docs_between_batches.py} does (Nadkarni et al., 2025, arXiv
 * 2510.14261); it is made all the same where the target already reached past T. The planner never
 * pairs so; a mapping by hand may.
 */
public final class SequenceRewriter {
    private SequenceRewriter() {}

    /**
     * @param plans at least one, of one arm, all with tokens and with targets in {@code sequence}
     * @return the rewritten sequence; its lineage is empty where nothing was changed
     */
    public static Rewrite rewrite(HistorySequence sequence, List<Plan> plans) {
        var byStart = byStart(sequence, plans);
        int width = PackedTokens.bytesPerToken(sequence.getWidth());
        var source = sequence.getTokens();
        int length = source.remaining() / width;
        var assembly = new Assembly(length, width);
        var lineage = new ArrayList<Replacement>();
        int next = 0;
        for (var span : sequence.getDocuments()) {
            if (span.getStart() < next) {
                throw misfit(sequence, "document '%s' overlaps another".formatted(span.getId()));
            }
            assembly.put(source, next, span.getStart() - next);
            next = span.getStart() + span.getLength();
            var plan = span.getLength() > 0 ? byStart.remove(span.getStart()) : null;
            if (plan == null) {
                assembly.putDocument(span.getId(), source, span.getStart(), span.getLength());
                continue;
            }
            requireSame(sequence, span, plan);
            if (leavesSequenceShort(plan, assembly.at(), length)) {
                assembly.putDocument(span.getId(), source, span.getStart(), span.getLength());
            } else {
                lineage.add(replace(plan, assembly, width, length));
            }
        }
        assembly.put(source, next, length - next);
        if (!byStart.isEmpty()) {
            var lost = byStart.values().iterator().next().getTarget().orElseThrow();
            throw misfit(
                    sequence,
                    "no document starts at %d, where '%s' should be swapped"
                            .formatted(lost.getStart(), lost.getId()));
        }
        var first = plans.getFirst();
        return Rewrite.newBuilder()
                .setIntervention(first.getIntervention())
                .setRun(first.getRun())
                .setArm(first.getArm())
                .setStep(sequence.getStep())
                .setSequence(sequence.getSequence())
                .setWidth(sequence.getWidth())
                .setTokens(assembly.tokens())
                .setDocuments(assembly.documents())
                .setLineage(lineage)
                .setTruncated(assembly.truncated())
                .build();
    }

    private static Map<Integer, Plan> byStart(HistorySequence sequence, List<Plan> plans) {
        var byStart = new HashMap<Integer, Plan>();
        for (var plan : plans) {
            var target = plan.getTarget().orElseThrow();
            if (byStart.put(target.getStart(), plan) != null) {
                throw misfit(
                        sequence, "document '%s' is to be swapped twice".formatted(target.getId()));
            }
        }
        return byStart;
    }

    private static void requireSame(HistorySequence sequence, DocumentSpan span, Plan plan) {
        var target = plan.getTarget().orElseThrow();
        if (target.getLength() != span.getLength() || !target.getId().equals(span.getId())) {
            throw misfit(
                    sequence,
                    "document '%s' of %d tokens should be swapped, but history has '%s' of %d there"
                            .formatted(
                                    target.getId(),
                                    target.getLength(),
                                    span.getId(),
                                    span.getLength()));
        }
    }

    private static boolean leavesSequenceShort(Plan plan, int at, int length) {
        int target = plan.getTarget().orElseThrow().getLength();
        int donor = plan.getDonor().orElseThrow().getLength();
        return donor < target
                && at < length
                && at + donor + Math.max(0, length - at - target) < length;
    }

    private static Replacement replace(Plan plan, Assembly assembly, int width, int length) {
        var donor = plan.getDonor().orElseThrow();
        int start = Math.min(assembly.at(), length);
        int fitted =
                assembly.putDocument(
                        donor.getId(), tokens(plan, donor, width), 0, donor.getLength());
        return Replacement.newBuilder()
                .setOperation(Operation.SWAP)
                .setDocument(plan.getTarget().orElseThrow())
                .setItems(plan.getItems())
                .setDonor(donor)
                .setStart(start)
                .setLength(fitted)
                .build();
    }

    private static ByteBuffer tokens(Plan plan, DocumentRef donor, int width) {
        var tokens = plan.getTokens().orElseThrow();
        if (tokens.remaining() != donor.getLength() * width) {
            throw new IllegalArgumentException(
                    "donor '%s' of %d tokens came with %d bytes of %d each"
                            .formatted(
                                    donor.getId(), donor.getLength(), tokens.remaining(), width));
        }
        return tokens;
    }

    private static IllegalArgumentException misfit(HistorySequence sequence, String what) {
        return new IllegalArgumentException(
                "step %d sequence %d: %s"
                        .formatted(sequence.getStep(), sequence.getSequence(), what));
    }
}
