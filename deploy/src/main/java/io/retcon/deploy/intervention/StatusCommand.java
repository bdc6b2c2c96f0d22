package io.retcon.deploy.intervention;

import io.retcon.deploy.cli.ClusterOption;
import io.retcon.deploy.cli.Column;
import io.retcon.deploy.cli.OutputOption;
import io.retcon.schemas.record.Progress;
import io.retcon.schemas.record.Retraining;
import io.retcon.schemas.record.RetrainingState;
import io.retcon.schemas.topic.Cluster;
import io.retcon.schemas.topic.TopicCatalogue;
import io.retcon.schemas.topic.TopicTable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
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
            Optional<String> message) {}

    @Mixin private ClusterOption cluster;
    @Mixin private OutputOption output;

    @Override
    public Integer call() {
        output.rows(
                statuses(cluster.resolve()),
                List.of(
                        new Column<>("intervention", Status::intervention),
                        new Column<>("name", Status::name),
                        new Column<>("stage", Status::stage),
                        new Column<>("done", Status::done),
                        new Column<>("total", Status::total),
                        new Column<>("unit", Status::unit),
                        new Column<>("retrainings", Status::retrainings),
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
        return TopicTable.read(cluster, TopicCatalogue.INTERVENTIONS).values().stream()
                .map(
                        i -> {
                            var jobs = retrainings.getOrDefault(i.getId(), List.of());
                            var stage =
                                    Stage.furthest(
                                            progress.getOrDefault(i.getId(), List.of()),
                                            effects.containsKey(i.getId()));
                            return new Status(
                                    i.getId(),
                                    i.getName(),
                                    stage.name(),
                                    stage.done(),
                                    stage.total(),
                                    stage.unit(),
                                    finished(jobs),
                                    stage.message());
                        })
                .toList();
    }

    private static String finished(Collection<Retraining> jobs) {
        long done = jobs.stream().filter(r -> r.getState() == RetrainingState.DONE).count();
        return "%d/%d".formatted(done, jobs.size());
    }
}
