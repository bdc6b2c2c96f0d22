package io.retcon.deploy.dashboard.page;

import static io.retcon.deploy.report.Element.tag;

import io.retcon.deploy.cli.TrainingFigures;
import io.retcon.deploy.dashboard.board.Watched;
import io.retcon.deploy.intervention.Stage;
import io.retcon.deploy.report.Element;
import io.retcon.deploy.report.LinePlot;
import io.retcon.deploy.report.LinePlot.Point;
import io.retcon.deploy.report.LinePlot.Series;
import io.retcon.deploy.report.Table;
import io.retcon.schemas.history.Window;
import io.retcon.schemas.record.Retraining;
import io.retcon.schemas.record.RetrainingState;
import io.retcon.schemas.spec.Arm;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The retrainings: the losses of all arms in one figure, and how far each of them is. */
final class RetrainingSection {
    private RetrainingSection() {}

    static Element of(Watched watched) {
        var section = tag("section").with("id", "retrainings-" + watched.id());
        if (watched.retrainings().isEmpty()) {
            return section;
        }
        section.add(tag("h2", "Retrainings"));
        var lines = lines(watched);
        if (!lines.isEmpty()) {
            section.add(
                    tag("figure")
                            .add(caption(lines))
                            .add(
                                    LinePlot.of(
                                            lines,
                                            "losses-" + watched.id(),
                                            "Loss of each retraining by step",
                                            "steps seen")));
        }
        return section.add(
                Table.of(
                        List.of(
                                "Retraining",
                                "State",
                                "Steps",
                                "Training",
                                "Documents changed",
                                "Tokens cut"),
                        watched.retrainings().stream().map(r -> row(watched, r)).toList()));
    }

    private static List<Series> lines(Watched watched) {
        return watched.retrainings().stream()
                .map(
                        retraining ->
                                new Series(
                                        name(retraining),
                                        style(retraining.getId().getArm()),
                                        watched.lossesOf(retraining).stream()
                                                .map(p -> new Point(p.getStep(), p.getLoss()))
                                                .toList()))
                .filter(line -> line.points().size() > 1)
                .toList();
    }

    private static Element caption(List<Series> lines) {
        var styles = lines.stream().map(Series::style).distinct().sorted().toList();
        return tag("figcaption", "Loss before each step, in nats a token; a line a replicate")
                .addAll(
                        styles.stream()
                                .map(style -> tag("span", style).with("class", "key " + style))
                                .toList());
    }

    private static String style(String arm) {
        return Arm.LABELS.contains(arm) ? arm : "dose";
    }

    private static String name(Retraining retraining) {
        return "%s %d".formatted(retraining.getId().getArm(), retraining.getId().getReplicate());
    }

    private static List<Object> row(Watched watched, Retraining retraining) {
        var state =
                retraining
                        .getReason()
                        .map(why -> retraining.getState() + ": " + why)
                        .orElse(retraining.getState().toString().toLowerCase(Locale.ROOT));
        return List.of(
                name(retraining),
                state,
                steps(watched, retraining),
                training(watched, retraining),
                retraining.getDocuments(),
                retraining.getTruncated());
    }

    private static String steps(Watched watched, Retraining retraining) {
        return "%,d of %,d"
                .formatted(watched.stepsOf(retraining), Window.of(retraining.getWindow()).steps());
    }

    private static String training(Watched watched, Retraining retraining) {
        var points = watched.lossesOf(retraining);
        if (retraining.getState() != RetrainingState.RUNNING) {
            return points.isEmpty()
                    ? "–"
                    : String.format(Locale.ROOT, "loss %.3f", points.getLast().getLoss());
        }
        return watched.progress().stream()
                .filter(said -> said.getStage().equals(Stage.RETRAIN))
                .filter(said -> said.getRetraining().filter(retraining.getId()::equals).isPresent())
                .flatMap(said -> TrainingFigures.of(said).stream())
                .map(figures -> figures.text().replace("  ", " · "))
                .collect(Collectors.joining());
    }
}
