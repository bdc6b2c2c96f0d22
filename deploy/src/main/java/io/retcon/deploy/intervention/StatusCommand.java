package io.retcon.deploy.intervention;

import io.retcon.deploy.cli.ClusterOption;
import io.retcon.deploy.cli.Column;
import io.retcon.deploy.cli.OutputOption;
import io.retcon.deploy.cli.TrainingFigures;
import io.retcon.schemas.record.Progress;
import io.retcon.schemas.record.Retraining;
import io.retcon.schemas.record.RetrainingId;
import io.retcon.schemas.record.RetrainingState;
import io.retcon.schemas.topic.Cluster;
import io.retcon.schemas.topic.ClusterWait;
import io.retcon.schemas.topic.TopicCatalogue;
import io.retcon.schemas.topic.TopicTable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/** How far each intervention is. */
@Command(name = "status", description = "Every intervention and how far it is.")
public final class StatusCommand implements Callable<Integer> {
    /** One intervention as the topics show it. */
    public record Status(
            String intervention,
            String name,
            String stage,
            long done,
            long total,
            String unit,
            String retrainings,
            List<Running> running,
            Optional<String> message) {}

    /**
     * A retraining that a worker is at.
     *
     * @param steps that it has trained
     * @param secondsLeft of training
     */
    public record Running(
            String arm,
            int replicate,
            long steps,
            Optional<Double> loss,
            Optional<Double> tokensPerSecond,
            Optional<Double> secondsLeft) {
        static Running of(Progress progress, RetrainingId id) {
            return new Running(
                    id.getArm(),
                    id.getReplicate(),
                    progress.getDone(),
                    progress.getLoss(),
                    progress.getTokensPerSecond(),
                    progress.getSecondsLeft());
        }

        String text() {
            var name = "%s-%d".formatted(arm, replicate);
            return loss.map(l -> new TrainingFigures(l, tokensPerSecond.orElse(0.0), secondsLeft))
                    .map(figures -> name + "  " + figures.text())
                    .orElse(name);
        }
    }

    @Mixin private ClusterOption cluster;
    @Mixin private OutputOption output;

    @Override
    public Integer call() {
        var kafka = cluster.resolve();
        output.rows(
                ClusterWait.told("status", System.err::println).get(() -> statuses(kafka)),
                List.of(
                        new Column<>("intervention", Status::intervention),
                        new Column<>("name", Status::name),
                        new Column<>("stage", Status::stage),
                        new Column<>("done", Status::done),
                        new Column<>("total", Status::total),
                        new Column<>("unit", Status::unit),
                        new Column<>("retrainings", Status::retrainings),
                        new Column<>("running", StatusCommand::running),
                        new Column<>("message", Status::message)));
        return 0;
    }

    private static List<Status> statuses(Cluster cluster) {
        var progress =
                TopicTable.read(cluster, TopicCatalogue.PROGRESS).values().stream()
                        .collect(Collectors.groupingBy(Progress::getIntervention));
        var retrainings =
                TopicTable.read(cluster, TopicCatalogue.RETRAININGS).values().stream()
                        .collect(Collectors.groupingBy(r -> r.getId().getIntervention()));
        var effects = TopicTable.read(cluster, TopicCatalogue.EFFECTS);
        var refused = refused(cluster);
        return TopicTable.read(cluster, TopicCatalogue.INTERVENTIONS).values().stream()
                .map(
                        i -> {
                            var jobs = retrainings.getOrDefault(i.getId(), List.of());
                            var said = progress.getOrDefault(i.getId(), List.of());
                            var stage =
                                    refused.containsKey(i.getId())
                                            ? Stage.refused(refused.get(i.getId()))
                                            : Stage.furthest(said, effects.containsKey(i.getId()));
                            return new Status(
                                    i.getId(),
                                    i.getName(),
                                    stage.name(),
                                    stage.done(),
                                    stage.total(),
                                    stage.unit(),
                                    finished(jobs),
                                    running(jobs, said),
                                    stage.message().or(() -> failed(jobs)));
                        })
                .toList();
    }

    /** Intervention to why a stage refused it. */
    private static Map<String, String> refused(Cluster cluster) {
        var reasons = new TreeMap<String, String>();
        TopicTable.scan(
                cluster,
                TopicCatalogue.REJECTS,
                (key, reject) ->
                        reject.getKey().ifPresent(of -> reasons.put(of, reject.getReason())));
        return reasons;
    }

    /** What is said of the training of those that run, by arm and replicate. */
    private static List<Running> running(Collection<Retraining> jobs, List<Progress> said) {
        var ids =
                jobs.stream()
                        .filter(r -> r.getState() == RetrainingState.RUNNING)
                        .map(Retraining::getId)
                        .collect(Collectors.toSet());
        return said.stream()
                .filter(p -> p.getStage().equals(Stage.RETRAIN))
                .flatMap(
                        p ->
                                p.getRetraining().filter(ids::contains).stream()
                                        .map(id -> Running.of(p, id)))
                .sorted(Comparator.comparing(Running::arm).thenComparing(Running::replicate))
                .toList();
    }

    private static Optional<String> running(Status status) {
        var texts = status.running().stream().map(Running::text).toList();
        return texts.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", texts));
    }

    /** Why retrainings failed: the first one's reason, by arm and replicate, and how many did. */
    static Optional<String> failed(Collection<Retraining> jobs) {
        var failed =
                jobs.stream()
                        .filter(r -> r.getState() == RetrainingState.FAILED)
                        .sorted(
                                Comparator.comparing((Retraining r) -> r.getId().getArm())
                                        .thenComparing(r -> r.getId().getReplicate()))
                        .toList();
        if (failed.isEmpty()) {
            return Optional.empty();
        }
        var first = failed.getFirst();
        return Optional.of(
                "%d of %d retrainings failed, %s-%d for this: %s"
                        .formatted(
                                failed.size(),
                                jobs.size(),
                                first.getId().getArm(),
                                first.getId().getReplicate(),
                                first.getReason().orElse("no reason was said")));
    }

    private static String finished(Collection<Retraining> jobs) {
        long done = jobs.stream().filter(r -> r.getState() == RetrainingState.DONE).count();
        return "%d/%d".formatted(done, jobs.size());
    }
}
