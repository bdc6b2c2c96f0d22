package io.retcon.deploy.intervention;

import static java.util.Objects.requireNonNull;

import io.retcon.deploy.report.HtmlReport;
import io.retcon.deploy.report.LearningCurve;
import io.retcon.deploy.report.MatcherTruth;
import io.retcon.deploy.report.Report;
import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.record.Checkpoint;
import io.retcon.schemas.record.Effects;
import io.retcon.schemas.record.Score;
import io.retcon.schemas.record.Selection;
import io.retcon.schemas.spec.Specs;
import io.retcon.schemas.topic.Cluster;
import io.retcon.schemas.topic.TopicCatalogue;
import io.retcon.schemas.topic.TopicTable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Optional;

/** Gathers from the topics what the page about an intervention shows, and writes the page. */
public final class Reports {
    private final Cluster cluster;

    public Reports(Cluster cluster) {
        this.cluster = requireNonNull(cluster, "cluster is null");
    }

    /**
     * @param truth what is known of the matcher's hits, in a synthetic world
     * @throws RefusedInput if the intervention has no effects yet
     */
    public Path write(String intervention, Optional<MatcherTruth> truth, Path file) {
        try {
            var folder = file.toAbsolutePath().getParent();
            Files.createDirectories(folder);
            return Files.writeString(file, HtmlReport.of(gather(intervention, truth)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Report gather(String intervention, Optional<MatcherTruth> truth) {
        var effects = effects(intervention);
        var selection = TopicTable.read(cluster, TopicCatalogue.SELECTIONS).get(intervention);
        var published = TopicTable.read(cluster, TopicCatalogue.INTERVENTIONS).get(intervention);
        var retrainings =
                TopicTable.read(cluster, TopicCatalogue.RETRAININGS).values().stream()
                        .filter(r -> r.getId().getIntervention().equals(intervention))
                        .toList();
        var checkpoints =
                TopicTable.read(cluster, TopicCatalogue.CHECKPOINTS).values().stream()
                        .filter(c -> isOf(c, intervention, effects.getRun()))
                        .toList();
        return new Report(
                effects,
                Specs.of(selection),
                published.getSpec(),
                retrainings,
                checkpoints,
                Optional.of(curve(selection)),
                truth);
    }

    private Effects effects(String intervention) {
        var effects = TopicTable.read(cluster, TopicCatalogue.EFFECTS).get(intervention);
        if (effects == null) {
            throw new RefusedInput(
                    "intervention %s has no effects yet: ./retcon status shows how far it is"
                            .formatted(intervention));
        }
        return effects;
    }

    private static boolean isOf(Checkpoint checkpoint, String intervention, String run) {
        return checkpoint
                .getRetraining()
                .map(r -> r.getIntervention().equals(intervention))
                .orElse(checkpoint.getRun().equals(run));
    }

    private LearningCurve curve(Selection selection) {
        var scores = new ArrayList<Score>();
        var spec = Specs.of(selection);
        TopicTable.scan(
                cluster,
                TopicCatalogue.SCORES,
                (key, score) -> {
                    if (score.getRetraining().isEmpty() && score.getRun().equals(spec.run())) {
                        scores.add(score);
                    }
                });
        return LearningCurve.of(scores, selection.getItems(), spec.select().getMetric());
    }
}
