package io.retcon.deploy.export;

import io.retcon.deploy.cli.ClusterOption;
import io.retcon.schemas.record.Score;
import io.retcon.schemas.topic.TopicCatalogue;
import io.retcon.schemas.topic.TopicTable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;

/** Scores as rows. */
@Command(
        name = "scores",
        description = {
            "Writes scores as rows, an item at a checkpoint each, for notebooks.",
            "Those of the named interventions' retrainings; or, where none is named, all, also the"
                    + " original runs'."
        })
public final class ExportScoresCommand implements Callable<Integer> {
    @Mixin private ChosenInterventions chosen;

    @Option(names = "--run", description = "Only of this run and its retrainings.")
    private Optional<String> run;

    @Mixin private RowFile file;
    @Mixin private ClusterOption cluster;

    @Override
    public Integer call() throws IOException {
        var kafka = cluster.resolve();
        var ids = chosen.names(kafka).keySet();
        file.write(
                ScoreRow.class,
                sink ->
                        TopicTable.scan(
                                kafka,
                                TopicCatalogue.SCORES,
                                (key, score) -> {
                                    if (isWanted(score, ids)) {
                                        sink.accept(ScoreRow.of(score));
                                    }
                                }));
        return 0;
    }

    private boolean isWanted(Score score, Set<String> ids) {
        boolean ofIntervention =
                score.getRetraining().filter(id -> ids.contains(id.getIntervention())).isPresent();
        return run.map(score.getRun()::equals).orElse(true) && (chosen.isAll() || ofIntervention);
    }
}
