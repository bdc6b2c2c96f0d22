package io.retcon.deploy.report;

import io.retcon.schemas.record.SelectSpec;
import io.retcon.schemas.spec.Bm25Spec;
import io.retcon.schemas.spec.CooccurrenceSpec;
import io.retcon.schemas.spec.DenseSpec;
import io.retcon.schemas.spec.DropSpec;
import io.retcon.schemas.spec.DuplicateSpec;
import io.retcon.schemas.spec.ExternalSpec;
import io.retcon.schemas.spec.GivenSpec;
import io.retcon.schemas.spec.InsertSpec;
import io.retcon.schemas.spec.InterventionSpec;
import io.retcon.schemas.spec.MaskSpec;
import io.retcon.schemas.spec.OccurrenceSpec;
import io.retcon.schemas.spec.OperationSpec;
import io.retcon.schemas.spec.OutcomeRules;
import io.retcon.schemas.spec.PlaceboContent;
import io.retcon.schemas.spec.ReorderSpec;
import io.retcon.schemas.spec.SubstituteSpec;
import io.retcon.schemas.spec.SwapSpec;
import io.retcon.schemas.spec.TakingDonors;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** An intervention in words: what it asks, and how it finds out. */
public final class Method {
    private final InterventionSpec spec;

    public Method(InterventionSpec spec) {
        this.spec = spec;
    }

    public String question() {
        return "Would the run ‘%s’ be right on %s without the documents %s, read in steps %d–%d?"
                .formatted(
                        spec.run(),
                        selected(),
                        matched(),
                        spec.window().getFrom(),
                        spec.window().getTo());
    }

    /** One sentence a stage, in the order in which they happen. */
    public List<String> steps() {
        return List.of(selection(), matching(), operation(), arms(), retraining(), estimation());
    }

    private String selected() {
        var select = spec.select();
        if (!spec.factors().isEmpty()) {
            return "the items of %d factors of %s"
                    .formatted(spec.factors().size(), select.getBenchmark());
        }
        return switch (select.getRule()) {
            case "learned-at" ->
                    "the items of %s that it learned at step %s"
                            .formatted(select.getBenchmark(), stepOf());
            case "forgotten-at" ->
                    "the items of %s that it forgot at step %s"
                            .formatted(select.getBenchmark(), stepOf());
            case "always" -> "the items of %s that it always knew".formatted(select.getBenchmark());
            case "never" -> "the items of %s that it never knew".formatted(select.getBenchmark());
            case "list" -> "the listed items of " + select.getBenchmark();
            default -> "the items of " + select.getBenchmark();
        };
    }

    private String stepOf() {
        return spec.select().getStep().map(String::valueOf).orElse("?");
    }

    private String matched() {
        return switch (spec.match()) {
            case CooccurrenceSpec _ -> "in which their subject and object occur together";
            case OccurrenceSpec _ -> "in which their subject or object occurs";
            case Bm25Spec _ -> "that share most words with them";
            case GivenSpec _ -> "that the spec names for them";
            case DenseSpec _ -> "that the encoder puts closest to them";
        };
    }

    private String selection() {
        var select = spec.select();
        return selectedBy(select) + confirmed(select);
    }

    private static String confirmed(SelectSpec select) {
        if (select.getSplit()) {
            return " The selection was made on the original run; the controls of the first half of"
                    + " the replicates confirmed it, items that came out otherwise there were left"
                    + " out, and effects come from the other replicates.";
        }
        return OutcomeRules.include(select)
                ? " The selection was made on the original run and effects were estimated on"
                        + " retrainings: items that came out so by luck come out otherwise in every"
                        + " arm alike."
                : "";
    }

    private String selectedBy(SelectSpec select) {
        return select.getRule().equals("learned-at")
                ? ("Items were selected that are wrong at every evaluated checkpoint before step %s"
                                + " and right at it and at every later one, by %s.")
                        .formatted(stepOf(), select.getMetric())
                : "Items were selected: %s, by %s.".formatted(selected(), select.getMetric());
    }

    private String matching() {
        return "Of the documents of steps %d–%d those were matched to them %s (%s)."
                .formatted(spec.window().getFrom(), spec.window().getTo(), matched(), options());
    }

    private String options() {
        return spec.match().options().entrySet().stream()
                .map(option -> option.getKey() + ": " + value(option.getValue()))
                .collect(Collectors.joining(", "));
    }

    /** Given documents may be thousands: the spec has them. */
    private static String value(Object option) {
        return option instanceof Map<?, ?> items
                ? "of %s".formatted(Figures.count(items.size(), "item"))
                : option.toString();
    }

    private String operation() {
        return spec.operate().stream()
                .map(Method::operation)
                .collect(Collectors.joining(" Then: ", "Operation: ", ""));
    }

    private static String operation(OperationSpec operation) {
        return switch (operation) {
            case SwapSpec swap ->
                    swap.promotes()
                            ? ("swap. Documents of steps %s that match a selected item took the"
                                            + " places of documents that match none and are as long"
                                            + " or next shorter; what runs over a sequence’s end is"
                                            + " cut.")
                                    .formatted(donors(swap))
                            : ("swap. Each matched document was replaced in place by a document of"
                                            + " as many tokens, or else of the next longer length,"
                                            + " from steps %s that matches no %s; what"
                                            + " runs over a sequence’s end is cut.%s")
                                    .formatted(
                                            donors(swap),
                                            swap.donors().ofBenchmark()
                                                    ? "item of the benchmark"
                                                    : "selected item",
                                            shortage(swap));
            case DropSpec drop ->
                    ("drop. Each matched document was taken out, and unmatched documents of steps"
                                    + " %s fill its sequence up at the end.%s")
                            .formatted(donors(drop), shortage(drop));
            case MaskSpec _ ->
                    "mask. Each matched document stays where it is, but the loss ignores its"
                            + " tokens; it is divided by all tokens of a step, so that no other"
                            + " one weighs more.";
            case SubstituteSpec substitute ->
                    "substitute. In each matched document strings were replaced and the text"
                            + " encoded again; where its length changed: %s."
                                    .formatted(substitute.lengths());
            case InsertSpec insert ->
                    "insert. Put between the window’s documents: %s of the spec."
                            .formatted(Figures.count(insert.documents().size(), "document"));
            case DuplicateSpec duplicate ->
                    "duplicate. Each matched document was put %s %s."
                            .formatted(
                                    Figures.count(duplicate.times(), "more time"),
                                    duplicate.besideIt()
                                            ? "before it"
                                            : "between others of the window");
            case ReorderSpec _ ->
                    "reorder. Matched documents of equal token counts changed places, by a"
                            + " permutation drawn by the seed.";
            case ExternalSpec _ -> "external.";
        };
    }

    private static String donors(TakingDonors taking) {
        return "%d–%d".formatted(taking.donors().from(), taking.donors().to());
    }

    private static String shortage(TakingDonors taking) {
        return switch (taking.shortage()) {
            case LEAVE -> " Where no such document was left, the matched one stayed.";
            case DROP_ITEMS ->
                    " Where these did not suffice, the items with the most documents were left"
                            + " out.";
            case FAIL -> "";
        };
    }

    private String arms() {
        return ("Arms: %s. Control is the window as it was; the placebo changes as many documents"
                    + " of the same lengths in the same way, drawn at random from those that %s.")
                .formatted(
                        String.join(", ", spec.arms()),
                        PlaceboContent.of(spec) == PlaceboContent.MATCHED_CONTENT
                                ? "match other items of the benchmark"
                                : "were not matched");
    }

    private String retraining() {
        var retrain = spec.retrain();
        var vary =
                switch (retrain.getVary()) {
                    case "order" -> "the order of the window’s steps";
                    case "jitter" -> "a relative change of the starting weights by a millionth";
                    default -> retrain.getVary();
                };
        return ("Each arm was retrained from checkpoint %d with its optimizer state %s by %s;"
                    + " replicates differ in %s, and a replicate has the same seed in every arm.")
                .formatted(
                        spec.window().getFrom(),
                        Figures.count(retrain.getReplicates(), "time"),
                        retrain.getEngine(),
                        vary);
    }

    private String estimation() {
        return "Effects are mean differences, paired by item and replicate. Interval and p-value"
                + " are of one test, which knows how these replicates and these items (or"
                + " relations) differ, from this difference alone, and for shares what so few"
                + " items could have hidden. The primary estimate is judged by its p, the others"
                + " by q, p adjusted inside their family.";
    }
}
