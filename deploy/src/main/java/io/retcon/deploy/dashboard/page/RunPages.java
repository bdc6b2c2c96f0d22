package io.retcon.deploy.dashboard.page;

import static io.retcon.deploy.report.Element.tag;

import io.retcon.deploy.dashboard.board.Board;
import io.retcon.deploy.dashboard.board.WatchedRun;
import io.retcon.deploy.dashboard.drill.RunScores;
import io.retcon.deploy.dashboard.live.Part;
import io.retcon.deploy.dashboard.live.View;
import io.retcon.deploy.report.Element;
import io.retcon.deploy.report.Figures;
import io.retcon.deploy.report.LinePlot;
import io.retcon.deploy.report.LinePlot.Point;
import io.retcon.deploy.report.LinePlot.Series;
import io.retcon.deploy.report.Table;
import io.retcon.schemas.record.Checkpoint;
import io.retcon.schemas.record.Evaluation;
import io.retcon.schemas.spec.Arm;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;

/** The original runs: their histories, losses, checkpoints and scores. */
final class RunPages {
    static final String VIEW = "run:";
    static final String ALL = "runs";

    private static final int HASH = 12;

    private RunPages() {}

    static View all() {
        return board ->
                List.of(
                        Part.of(
                                "runs",
                                board.runs().values().stream()
                                        .mapToLong(WatchedRun::changed)
                                        .max()
                                        .orElse(1),
                                RunPages::table));
    }

    static View view(String name) {
        return board ->
                board.runs().containsKey(name)
                        ? List.of(
                                Part.of(
                                        "run-" + name,
                                        board.runs().get(name).changed(),
                                        now -> summary(now.runs().get(name))))
                        : List.of();
    }

    static List<Element> list(Board board) {
        return List.of(tag("h1", "Runs"), table(board));
    }

    private static Element table(Board board) {
        var box = tag("div").with("id", "runs");
        if (board.runs().isEmpty()) {
            return box.add(
                    tag("p", "None yet: import a history with ./retcon history import.")
                            .with("class", "note"));
        }
        return box.add(
                Table.of(
                        List.of("Run", "Steps", "Sequences a step", "Tokens each", "Checkpoints"),
                        board.runs().values().stream().map(RunPages::row).toList()));
    }

    private static List<Object> row(WatchedRun run) {
        return List.of(
                tag("a", run.name()).with("href", Paths.run(run.name())),
                run.manifest().map(m -> "%,d".formatted(m.getSteps())).orElse("–"),
                run.manifest().map(m -> "%,d".formatted(m.getSequencesPerStep())).orElse("–"),
                run.manifest().map(m -> "%,d".formatted(m.getTokensPerSequence())).orElse("–"),
                run.checkpoints().size());
    }

    static List<Element> of(WatchedRun run) {
        return List.of(
                tag("p").with("class", "kicker").add(tag("a", "Runs").with("href", "/runs")),
                tag("h1", run.name()),
                summary(run),
                Chunks.later(Paths.run(run.name()) + "/scores", "Reading scores …"));
    }

    private static Element summary(WatchedRun run) {
        var box = tag("div").with("id", "run-" + run.name());
        run.manifest()
                .ifPresent(
                        m ->
                                box.add(
                                        tag(
                                                "p",
                                                "%s of %s of %s; %s."
                                                        .formatted(
                                                                Figures.count(m.getSteps(), "step"),
                                                                Figures.count(
                                                                        m.getSequencesPerStep(),
                                                                        "sequence"),
                                                                Figures.count(
                                                                        m.getTokensPerSequence(),
                                                                        "token"),
                                                                Figures.count(
                                                                        m.getPartitions(),
                                                                        "partition")))));
        for (var said : run.progress()) {
            box.add(
                    tag(
                                    "p",
                                    "%s: %,d of %,d %s"
                                            .formatted(
                                                    said.getStage(),
                                                    said.getDone(),
                                                    said.getTotal(),
                                                    said.getUnit()))
                            .with("class", "note"));
        }
        if (run.losses().size() > 1) {
            var line =
                    new Series(
                            run.name(),
                            Arm.TREATED_LABEL,
                            run.losses().stream()
                                    .map(p -> new Point(p.getStep(), p.getLoss()))
                                    .toList());
            box.add(
                    EffectSections.figure(
                            "Loss, as far as this dashboard heard it, in nats a token",
                            LinePlot.of(List.of(line), "run-losses", "Loss by step", "steps")));
        }
        return box.add(tag("h2", "Checkpoints"))
                .add(
                        Table.of(
                                List.of("Step", "SHA-256", "Engine", "Scored on", "Where"),
                                run.checkpoints().stream().map(RunPages::row).toList()));
    }

    private static List<Object> row(Checkpoint checkpoint) {
        var sha = checkpoint.getSha256();
        return List.of(
                checkpoint.getStep(),
                tag("code", sha.substring(0, Math.min(HASH, sha.length()))).with("title", sha),
                "%s, %s"
                        .formatted(
                                checkpoint.getEngine(),
                                Figures.count(checkpoint.getThreads(), "thread")),
                checkpoint.getEvaluations().stream()
                        .map(Evaluation::getBenchmark)
                        .collect(Collectors.joining(", ")),
                tag("code", checkpoint.getLocation()));
    }

    /** Share right by checkpoint, a line a benchmark. */
    static Element scores(List<RunScores.Point> points) {
        var section = tag("section").add(tag("h2", "Scores"));
        if (points.isEmpty()) {
            return section.add(tag("p", "No checkpoint is scored yet.").with("class", "note"));
        }
        var lines = new LinkedHashMap<String, List<Point>>();
        for (var point : points) {
            lines.computeIfAbsent(point.benchmark(), fresh -> new ArrayList<>())
                    .add(new Point(point.step(), point.share()));
        }
        var series =
                lines.entrySet().stream()
                        .map(e -> new Series(e.getKey(), "selected", e.getValue()))
                        .toList();
        return section.add(
                        EffectSections.figure(
                                "Share right (acc_raw), a line a benchmark",
                                LinePlot.ofShares(
                                        series, "run-scores", "Share right by step", "steps")))
                .add(
                        Table.folded(
                                "The same as a table",
                                List.of("Benchmark", "Step", "Items", "Right", "Mean margin"),
                                points.stream().map(RunPages::row).toList()));
    }

    private static List<Object> row(RunScores.Point point) {
        return List.of(
                point.benchmark(),
                point.step(),
                point.items(),
                Figures.percent(point.share()),
                Figures.signed(point.margin()));
    }
}
