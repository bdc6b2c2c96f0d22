package io.retcon.streams.rewriting;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.history.NpyWriter;
import io.retcon.schemas.record.DocumentRef;
import io.retcon.schemas.record.DocumentSpan;
import io.retcon.schemas.record.HistorySequence;
import io.retcon.schemas.record.Operation;
import io.retcon.schemas.record.Plan;
import io.retcon.schemas.record.Replacement;
import io.retcon.schemas.record.Rewrite;
import io.retcon.schemas.record.Truncation;
import io.retcon.schemas.spec.Arm;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Swaps by a mapping made by hand, over folders of {@code STEP.npy} files and without a broker:
 * every step is written, changed or not, and what changed goes to {@code lineage.jsonl}. Where
 * documents begin is known of the mapped ones only, so what lies between two of them is called by
 * the place at which it starts.
 *
 * @param replaced documents replaced
 * @param truncated tokens that fell off the ends of sequences
 * @param leftOut rows of the mapping whose donor is shorter than its target and would leave the
 *     sequence short
 */
public record LocalRewrite(int steps, int replaced, long truncated, List<Integer> leftOut) {
    private static final String RUN = "local";
    private static final int COPIED_TOKENS = 1 << 20;
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    public LocalRewrite {
        leftOut = List.copyOf(leftOut);
    }

    /**
     * @param mapping JSON rows of eight numbers: step, sequence, first and last token of a
     *     document, then the same of its donor
     * @param out made if absent; may be neither of the folders that are read
     * @throws RefusedInput where a file, a row or a shape is wrong
     */
    public static LocalRewrite run(Path history, Path donors, Path mapping, Path out) {
        if (same(out, history) || same(out, donors)) {
            throw new RefusedInput(
                    "%s is read from: write to another folder, history is never changed"
                            .formatted(out));
        }
        var swaps = MappedSwap.read(mapping);
        try (var from = new StepFiles(history);
                var replacements = new StepFiles(donors)) {
            for (var swap : swaps) {
                from.requireInside(swap.target(), mapping + " row " + swap.row());
            }
            return write(from, plans(swaps, replacements, from, mapping), out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean same(Path one, Path other) {
        return one.toAbsolutePath().normalize().equals(other.toAbsolutePath().normalize());
    }

    /** A swap and its plan, by step and sequence. */
    private record RowPlan(int row, Plan plan) {}

    private static Map<Long, Map<Integer, List<RowPlan>>> plans(
            List<MappedSwap> swaps, StepFiles donors, StepFiles history, Path mapping) {
        var plans = new TreeMap<Long, Map<Integer, List<RowPlan>>>();
        for (var swap : swaps) {
            var target = swap.target();
            var what = mapping + " row " + swap.row() + "'s donor";
            var tokens = donors.document(swap.donor(), history.width(target.getStep()), what);
            var plan =
                    Plan.newBuilder()
                            .setIntervention(RUN)
                            .setRun(RUN)
                            .setArm(Arm.TREATED_LABEL)
                            .setOperation(Operation.SWAP)
                            .setTarget(target)
                            .setItems(List.of())
                            .setDonor(swap.donor())
                            .setTokens(tokens)
                            .build();
            plans.computeIfAbsent(target.getStep(), step -> new TreeMap<>())
                    .computeIfAbsent(target.getSequence(), sequence -> new ArrayList<>())
                    .add(new RowPlan(swap.row(), plan));
        }
        return plans;
    }

    private static LocalRewrite write(
            StepFiles history, Map<Long, Map<Integer, List<RowPlan>>> plans, Path out)
            throws IOException {
        Files.createDirectories(out);
        int replaced = 0;
        long truncated = 0;
        var leftOut = new ArrayList<Integer>();
        try (var lineage = Files.newBufferedWriter(out.resolve("lineage.jsonl"))) {
            for (long step : history.steps()) {
                int next = 0;
                try (var file = begin(history, step, out)) {
                    for (var rows : plans.getOrDefault(step, Map.of()).entrySet()) {
                        copy(history, step, next, rows.getKey(), file);
                        var rewrite = rewrite(step, rows.getKey(), rows.getValue(), history);
                        file.put(rewrite.getTokens());
                        next = rows.getKey() + 1;
                        var left = leftOut(rows.getValue(), rewrite);
                        writeLine(lineage, rewrite, left);
                        leftOut.addAll(left);
                        replaced += rewrite.getLineage().size();
                        truncated += tokensTruncated(rewrite);
                    }
                    copy(history, step, next, history.sequences(step), file);
                }
            }
        }
        return new LocalRewrite(history.steps().size(), replaced, truncated, leftOut);
    }

    private static NpyWriter begin(StepFiles history, long step, Path out) {
        return NpyWriter.open(
                out.resolve(step + ".npy"),
                history.width(step),
                history.sequences(step),
                history.tokens(step));
    }

    /** What nobody changes goes over as bytes, many sequences at once. */
    private static void copy(StepFiles history, long step, int first, int end, NpyWriter file) {
        int atOnce = Math.max(1, COPIED_TOKENS / Math.max(1, history.tokens(step)));
        for (int next = first; next < end; next += atOnce) {
            file.put(history.sequences(step, next, Math.min(end, next + atOnce)));
        }
    }

    private static Rewrite rewrite(long step, int sequence, List<RowPlan> rows, StepFiles history) {
        var plans = rows.stream().map(RowPlan::plan).toList();
        var documents = new ArrayList<DocumentSpan>();
        int next = 0;
        for (var plan : plans) {
            var target = plan.getTarget().orElseThrow();
            addStretch(documents, step, sequence, next, target.getStart());
            documents.add(new DocumentSpan(target.getId(), target.getStart(), target.getLength()));
            next = target.getStart() + target.getLength();
        }
        addStretch(documents, step, sequence, next, history.tokens(step));
        return SequenceRewriter.rewrite(
                new HistorySequence(
                        RUN,
                        step,
                        sequence,
                        history.width(step),
                        history.sequences(step, sequence, sequence + 1),
                        documents),
                plans);
    }

    private static void addStretch(
            List<DocumentSpan> documents, long step, int sequence, int from, int to) {
        if (from < to) {
            documents.add(
                    new DocumentSpan(MappedSwap.nameOf(step, sequence, from), from, to - from));
        }
    }

    private static List<Integer> leftOut(List<RowPlan> rows, Rewrite rewrite) {
        var done =
                rewrite.getLineage().stream()
                        .map(replacement -> replacement.getDocument().getStart())
                        .collect(Collectors.toSet());
        return rows.stream()
                .filter(row -> !done.contains(row.plan().getTarget().orElseThrow().getStart()))
                .map(RowPlan::row)
                .toList();
    }

    private static long tokensTruncated(Rewrite rewrite) {
        return rewrite.getTruncated().stream().mapToLong(Truncation::getTokens).sum();
    }

    private static void writeLine(BufferedWriter lineage, Rewrite rewrite, List<Integer> leftOut)
            throws IOException {
        var line = JSON.objectNode();
        line.put("step", rewrite.getStep().orElseThrow());
        line.put("sequence", rewrite.getSequence().orElseThrow());
        var replaced = line.putArray("replaced");
        rewrite.getLineage().forEach(replacement -> replaced.add(json(replacement)));
        var truncated = line.putArray("truncated");
        for (var truncation : rewrite.getTruncated()) {
            truncated
                    .addObject()
                    .put("document", truncation.getDocument())
                    .put("tokens", truncation.getTokens());
        }
        var left = line.putArray("leftOut");
        leftOut.forEach(left::add);
        lineage.write(line.toString());
        lineage.write("\n");
    }

    private static ObjectNode json(Replacement replacement) {
        var node = JSON.objectNode();
        node.set("document", json(replacement.getDocument()));
        node.set("donor", json(replacement.getDonor().orElseThrow()));
        node.put("start", replacement.getStart());
        node.put("length", replacement.getLength());
        return node;
    }

    private static ObjectNode json(DocumentRef document) {
        return JSON.objectNode()
                .put("id", document.getId())
                .put("step", document.getStep())
                .put("sequence", document.getSequence())
                .put("start", document.getStart())
                .put("length", document.getLength());
    }
}
