package io.retcon.streams.rewriting;

import io.retcon.schemas.history.PackedTokens;
import io.retcon.schemas.record.DocumentRef;
import io.retcon.schemas.record.DocumentSpan;
import io.retcon.schemas.record.HistorySequence;
import io.retcon.schemas.record.Operation;
import io.retcon.schemas.record.Plan;
import io.retcon.schemas.record.Replacement;
import io.retcon.schemas.record.Rewrite;
import io.retcon.streams.planning.Lengths;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Applies an arm's plans to one sequence: each document stays, goes, or has others' tokens in its
 * place, others are put before it, what follows shifts, and the sequence is cut at T tokens. Every
 * token is untouched, replaced, or listed as truncated. Where too few tokens are left, the end is
 * filled with EOS, which the loss ignores.
 *
 * <p>A donor that is shorter than the document it is swapped for would leave the sequence short, so
 * that swap is left out, as the reference's {@code swap_docs_between_batches.py} does (Nadkarni et
 * al., 2025, arXiv 2510.14261); it is made all the same where the document already reached past T.
 * The planner never pairs so; a mapping by hand may.
 */
public final class SequenceRewriter {
    private final HistorySequence sequence;
    private final TreeMap<Integer, List<Plan>> byStart = new TreeMap<>();
    private final Plan first;
    private final int width;
    private final int length;
    private final ByteBuffer source;
    private final Assembly assembly;
    private final List<Replacement> lineage = new ArrayList<>();
    private int next;

    private SequenceRewriter(HistorySequence sequence, List<Plan> plans) {
        this.sequence = sequence;
        this.first = plans.getFirst();
        this.width = PackedTokens.bytesPerToken(sequence.getWidth());
        this.source = sequence.getTokens();
        this.length = source.remaining() / width;
        this.assembly = new Assembly(length, width);
        for (var plan : plans) {
            var target = plan.getTarget().orElseThrow();
            var there = byStart.computeIfAbsent(target.getStart(), start -> new ArrayList<>());
            if (there.stream().anyMatch(other -> other.getOrder() == plan.getOrder())) {
                throw misfit("document '%s' is to be changed twice".formatted(target.getId()));
            }
            there.add(plan);
        }
    }

    /**
     * @param plans at least one, of one arm, with tokens and with targets in {@code sequence}
     * @return the rewritten sequence; its lineage is empty where nothing was changed
     */
    public static Rewrite rewrite(HistorySequence sequence, List<Plan> plans) {
        return new SequenceRewriter(sequence, plans).rewrite();
    }

    private Rewrite rewrite() {
        for (var span : sequence.getDocuments()) {
            if (span.getStart() < next) {
                throw misfit("document '%s' overlaps another".formatted(span.getId()));
            }
            assembly.put(source, next, span.getStart() - next);
            next = span.getStart() + span.getLength();
            var plans = span.getLength() > 0 ? byStart.remove(span.getStart()) : null;
            if (plans == null) {
                keep(span);
            } else {
                apply(span, plans);
            }
        }
        assembly.put(source, next, length - next);
        fillUp();
        if (!byStart.isEmpty()) {
            var lost = byStart.firstEntry().getValue().getFirst().getTarget().orElseThrow();
            throw misfit(
                    "no document starts at %d, where '%s' should be changed"
                            .formatted(lost.getStart(), lost.getId()));
        }
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
                .setMasked(assembly.masked())
                .setPlan(first.getPlan().orElse(null))
                .build();
    }

    private int keep(DocumentSpan span) {
        return assembly.putDocument(span.getId(), source, span.getStart(), span.getLength());
    }

    /** What is put before a document comes by its order, and then the document. */
    private void apply(DocumentSpan span, List<Plan> plans) {
        Plan ofDocument = null;
        for (var plan : inOrder(plans)) {
            if (plan.getOrder() == 0) {
                ofDocument = plan;
            } else {
                insert(plan);
                assembly.putToken(separator(plan));
            }
        }
        if (ofDocument == null) {
            keep(span);
        } else {
            requireSame(span, ofDocument);
            change(span, ofDocument);
        }
    }

    private static List<Plan> inOrder(List<Plan> plans) {
        return plans.stream()
                .sorted((one, other) -> Integer.compare(one.getOrder(), other.getOrder()))
                .toList();
    }

    private void change(DocumentSpan span, Plan plan) {
        int start = Math.min(assembly.at(), length);
        if (plan.getOperation().orElseThrow() == Operation.DROP) {
            next += hasEosAt(next, separator(plan)) ? 1 : 0;
            lineage.add(replacement(plan, start, 0));
        } else if (plan.getTokens().isPresent()) {
            replace(span, plan, start);
        } else if (plan.getMasked()) {
            int kept = keep(span);
            assembly.mask(start, kept);
            lineage.add(replacement(plan, start, kept));
        } else {
            keep(span);
        }
    }

    private boolean hasEosAt(int position, int eos) {
        return position < length
                && PackedTokens.unpack(
                                source.slice(source.position() + position * width, width),
                                sequence.getWidth())[0]
                        == eos;
    }

    private void replace(DocumentSpan span, Plan plan, int start) {
        int count = tokens(plan).remaining() / width;
        if (leavesSequenceShort(plan, count)) {
            keep(span);
            return;
        }
        boolean sameLength = Lengths.named(plan.getLengths()) == Lengths.CUT;
        int kept = sameLength ? Math.min(count, span.getLength()) : count;
        var id = plan.getDonor().map(DocumentRef::getId).orElse(span.getId());
        int fitted = assembly.putDocument(id, tokens(plan), 0, kept);
        if (kept < count) {
            assembly.truncate(id, count - kept);
        }
        if (sameLength && kept < span.getLength()) {
            assembly.pad(separator(plan), span.getLength() - kept);
        }
        if (plan.getMasked()) {
            assembly.mask(start, fitted);
        }
        lineage.add(replacement(plan, start, fitted));
    }

    private boolean leavesSequenceShort(Plan plan, int count) {
        int target = plan.getTarget().orElseThrow().getLength();
        int at = assembly.at();
        return plan.getOperation().orElseThrow() == Operation.SWAP
                && count < target
                && at < length
                && at + count + Math.max(0, length - at - target) < length;
    }

    private void insert(Plan plan) {
        int start = Math.min(assembly.at(), length);
        var id = plan.getDonor().orElseThrow().getId();
        int fitted = assembly.putDocument(id, tokens(plan), 0, tokens(plan).remaining() / width);
        if (plan.getMasked()) {
            assembly.mask(start, fitted);
        }
        lineage.add(replacement(plan, start, fitted));
    }

    /** What follows the sequence's last document: documents that fill it up, else EOS. */
    private void fillUp() {
        var fillers = byStart.remove(length);
        if (fillers != null) {
            for (var plan : inOrder(fillers)) {
                if (assembly.at() > 0 && !assembly.endsWith(separator(plan))) {
                    assembly.putIfRoom(separator(plan));
                }
                insert(plan);
            }
            assembly.putIfRoom(separator(first));
        }
        if (assembly.at() < length) {
            assembly.pad(separator(first), length - assembly.at());
        }
    }

    private void requireSame(DocumentSpan span, Plan plan) {
        var target = plan.getTarget().orElseThrow();
        if (target.getLength() != span.getLength() || !target.getId().equals(span.getId())) {
            throw misfit(
                    "document '%s' of %d tokens should be changed, but history has '%s' of %d there"
                            .formatted(
                                    target.getId(),
                                    target.getLength(),
                                    span.getId(),
                                    span.getLength()));
        }
    }

    private static Replacement replacement(Plan plan, int start, int fitted) {
        return Replacement.newBuilder()
                .setOperation(plan.getOperation().orElseThrow())
                .setDocument(plan.getTarget().orElseThrow())
                .setItems(plan.getItems())
                .setDonor(plan.getDonor().orElse(null))
                .setDonorItems(plan.getDonorItems())
                .setContinued(plan.getContinued())
                .setSubstitutions(plan.getSubstitutions())
                .setMasked(plan.getMasked())
                .setStart(start)
                .setLength(fitted)
                .build();
    }

    private ByteBuffer tokens(Plan plan) {
        var tokens = plan.getTokens().orElseThrow();
        var donor = plan.getDonor();
        if (donor.isPresent()
                && plan.getSubstitutions().isEmpty()
                && tokens.remaining() != donor.get().getLength() * width) {
            throw new IllegalArgumentException(
                    "donor '%s' of %d tokens came with %d bytes of %d each"
                            .formatted(
                                    donor.get().getId(),
                                    donor.get().getLength(),
                                    tokens.remaining(),
                                    width));
        }
        return tokens;
    }

    private int separator(Plan plan) {
        return plan.getSeparator().orElseThrow(() -> misfit("no EOS is known to part documents"));
    }

    private IllegalArgumentException misfit(String what) {
        return new IllegalArgumentException(
                "step %d sequence %d: %s"
                        .formatted(sequence.getStep(), sequence.getSequence(), what));
    }
}
