package io.retcon.deploy.dashboard.page;

import static io.retcon.deploy.report.Element.tag;

import io.retcon.deploy.dashboard.board.Watched;
import io.retcon.deploy.intervention.Stage;
import io.retcon.deploy.report.Element;
import io.retcon.deploy.report.Figures;
import io.retcon.deploy.report.Panel;
import io.retcon.schemas.record.Effects;

import java.util.Locale;
import java.util.Map;

/** How far an intervention is: its stage, a bar, its pace and what is left. */
final class StageBar {
    private static final Map<String, String> WORDS =
            Map.of(
                    "published", "published",
                    "stand", "stands",
                    "select", "selecting items",
                    "match", "matching documents",
                    "plan", "planning",
                    "rewrite", "rewriting",
                    "retrain", "retraining",
                    "effect", "estimating effects",
                    "done", "done",
                    "refused", "refused");

    private StageBar() {}

    static String id(Watched watched) {
        return "stage-" + watched.id();
    }

    static Element of(Watched watched) {
        var stage = watched.stage();
        var box =
                tag("div")
                        .with("id", id(watched))
                        .with("class", "stage " + kind(watched))
                        .add(tag("span", word(stage)).with("class", "word"));
        if (!watched.isOver()) {
            box.add(
                    tag("progress")
                            .with("max", 100)
                            .with("value", Math.round(watched.share() * 100))
                            .with("aria-label", "How far " + watched.name() + " is"));
        }
        return box.add(tag("span", figures(watched, stage)).with("class", "figures"));
    }

    private static String kind(Watched watched) {
        if (watched.refusal().isPresent()) {
            return "refused";
        }
        return watched.isOver() ? "done" : "going";
    }

    static String word(Stage stage) {
        return WORDS.getOrDefault(stage.name(), stage.name());
    }

    /** The estimate to speak of, and what it was made from. */
    private static String outcome(Effects effects) {
        var from =
                "%s, %s"
                        .formatted(
                                Figures.count(effects.getItems(), "item"),
                                Figures.count(effects.getDocuments(), "document"));
        return Panel.principal(effects)
                .flatMap(Panel::principal)
                .map(
                        e ->
                                "%s, %s: %s · %s"
                                        .formatted(
                                                e.getMetric(),
                                                Panel.label(e),
                                                Figures.withInterval(e),
                                                from))
                .orElse(from);
    }

    private static String figures(Watched watched, Stage stage) {
        if (watched.isOver()) {
            return watched.effects().map(StageBar::outcome).orElse("");
        }
        var text = new StringBuilder();
        if (stage.total() > 0) {
            text.append(
                    String.format(
                            Locale.ROOT,
                            "%,d of %,d %s",
                            stage.done(),
                            stage.total(),
                            stage.unit()));
        }
        if (!watched.retrainings().isEmpty()) {
            text.append(
                    " · %d of %d retrainings"
                            .formatted(watched.retrained(), watched.retrainings().size()));
        }
        if (watched.rate() > 0) {
            text.append(String.format(Locale.ROOT, " · %,.1f %s/s", watched.rate(), stage.unit()));
        }
        watched.secondsLeft().ifPresent(s -> text.append(" · %s left".formatted(Moments.clock(s))));
        stage.message().ifPresent(message -> text.append(" · ").append(message));
        return text.toString();
    }
}
