package io.retcon.deploy.export;

import io.retcon.deploy.cli.ClusterOption;
import io.retcon.schemas.record.Match;
import io.retcon.schemas.record.Role;
import io.retcon.schemas.topic.TopicCatalogue;
import io.retcon.schemas.topic.TopicTable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.Callable;

/** Matched documents as rows. */
@Command(
        name = "matches",
        description = "Writes matched documents as rows, one for each item of each, for notebooks.")
public final class ExportMatchesCommand implements Callable<Integer> {
    @Mixin private ChosenInterventions chosen;

    @Option(
            names = "--role",
            split = ",",
            defaultValue = "TARGET",
            description = "target, donor, bystander (default: target).")
    private Set<Role> roles;

    @Mixin private RowFile file;
    @Mixin private ClusterOption cluster;

    @Override
    public Integer call() throws IOException {
        var kafka = cluster.resolve();
        var names = chosen.names(kafka);
        file.write(
                MatchRow.class,
                sink ->
                        TopicTable.scan(
                                kafka,
                                TopicCatalogue.MATCHES,
                                (key, match) -> {
                                    if (isWanted(match)
                                            && names.containsKey(match.getIntervention())) {
                                        MatchRow.of(match, names.get(match.getIntervention()))
                                                .forEach(sink);
                                    }
                                }));
        return 0;
    }

    private boolean isWanted(Match match) {
        return match.getRole().filter(roles::contains).isPresent();
    }
}
