package io.retcon.deploy.report;

import io.retcon.schemas.record.InterventionSpec;
import io.retcon.schemas.record.OperateSpec;
import io.retcon.streams.validation.MatchOptions;

import java.util.List;
import java.util.stream.Collectors;

/** An intervention in words: what it asks, and how it finds out. */
final class Method {
    private final InterventionSpec spec;

    Method(InterventionSpec spec) {
        this.spec = spec;
    }

    String question() {
        return "Would the run ‘%s’ be right on %s without the documents %s, read in steps %d–%d?"
                .formatted(
                        spec.getRun(),
                        selected(),
                        matched(),
                        spec.getWindow().getFrom(),
                        spec.getWindow().getTo());
    }

    /** One sentence a stage, in the order in which they happen. */
    List<String> steps() {
        return List.of(selection(), matching(), operation(), arms(), retraining(), estimation());
    }

    private String selected() {
        var select = spec.getSelect();
        return switch (select.getRule()) {
            case "learned-at" ->
                    "the items of %s that it learned at step %s"
                            .formatted(select.getBenchmark(), stepOf());
            case "list" -> "the listed items of " + select.getBenchmark();
            default -> "the items of " + select.getBenchmark();
        };
    }

    private String stepOf() {
        return spec.getSelect().getStep().map(String::valueOf).orElse("?");
    }

    private String matched() {
        return switch (spec.getMatch().getMatcher()) {
            case "cooccurrence" -> "in which their subject and object occur together";
            case "occurrence" -> "in which their subject or object occurs";
            case "bm25" -> "that share most words with them";
            default -> "that the encoder puts closest to them";
        };
    }

    private String selection() {
        var select = spec.getSelect();
        return select.getRule().equals("learned-at")
                ? ("Items were selected that are wrong at every evaluated checkpoint before step %s"
                                + " and right at it and at every later one, by %s.")
                        .formatted(stepOf(), select.getMetric())
                : "Items were selected: %s, by %s.".formatted(selected(), select.getMetric());
    }

    private String matching() {
        return "Of the documents of steps %d–%d those were matched to them %s (%s)."
                .formatted(
                        spec.getWindow().getFrom(), spec.getWindow().getTo(), matched(), options());
    }

    private String options() {
        return MatchOptions.canonical(spec.getMatch()).entrySet().stream()
                .filter(option -> !option.getKey().equals("matcher"))
                .map(option -> option.getKey() + ": " + option.getValue())
                .collect(Collectors.joining(", "));
    }

    private String operation() {
        OperateSpec operate = spec.getOperate();
        return ("Operation: %s. Each matched document was replaced in place by a document of as"
                        + " many tokens, or else of the next longer length, from steps %d–%d that"
                        + " matches no selected item; what runs over a sequence’s end is cut.%s")
                .formatted(
                        operate.getOperation(),
                        operate.getDonors().getFrom(),
                        operate.getDonors().getTo(),
                        operate.getShortage().equals("leave")
                                ? " Where no such document was left, the matched one stayed."
                                : "");
    }

    private String arms() {
        return ("Arms: %s. Control is the window as it was; the placebo replaces as many documents"
                        + " of the same lengths, drawn at random from those that were not matched.")
                .formatted(String.join(", ", spec.getArms()));
    }

    private String retraining() {
        var retrain = spec.getRetrain();
        var vary =
                switch (retrain.getVary()) {
                    case "order" -> "the order of the window’s steps";
                    case "jitter" -> "a relative change of the starting weights by a millionth";
                    default -> retrain.getVary();
                };
        return ("Each arm was retrained from checkpoint %d with its optimizer state %s by %s;"
                    + " replicates differ in %s, and a replicate has the same seed in every arm.")
                .formatted(
                        spec.getWindow().getFrom(),
                        Figures.count(retrain.getReplicates(), "time"),
                        retrain.getEngine(),
                        vary);
    }

    private String estimation() {
        return "Effects are mean differences, paired by item and replicate; intervals come from a"
                + " hierarchical bootstrap over items and replicates, p-values from a paired"
                + " permutation test.";
    }
}
