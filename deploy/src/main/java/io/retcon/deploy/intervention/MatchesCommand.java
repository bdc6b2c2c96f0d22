package io.retcon.deploy.intervention;

import io.retcon.deploy.cli.ClusterOption;
import io.retcon.deploy.cli.Column;
import io.retcon.deploy.cli.OutputOption;
import io.retcon.schemas.item.ItemNames;
import io.retcon.schemas.record.ItemRef;
import io.retcon.schemas.record.Match;
import io.retcon.schemas.record.Role;
import io.retcon.schemas.topic.Cluster;
import io.retcon.schemas.topic.TopicCatalogue;
import io.retcon.schemas.topic.TopicTable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/** The documents that an intervention is about. */
@Command(name = "matches", description = "The documents that an intervention matched.")
public final class MatchesCommand implements Callable<Integer> {
    /**
     * One document, where it lies and what it matches.
     *
     * @param items by the shortest names that tell them apart
     */
    public record Row(
            String document,
            String role,
            long step,
            int sequence,
            int start,
            int length,
            List<String> items,
            Optional<Double> score,
            List<Double> scores) {
        static Row of(Match match, ItemNames names) {
            var document = match.getDocument().orElseThrow();
            return new Row(
                    document.getId(),
                    match.getRole().orElse(Role.UNKNOWN).name().toLowerCase(java.util.Locale.ROOT),
                    document.getStep(),
                    document.getSequence(),
                    document.getStart(),
                    document.getLength(),
                    match.getItems().stream().map(item -> names.of(item).written()).toList(),
                    match.getScore(),
                    match.getScores());
        }
    }

    @Mixin private InterventionOption intervention;

    @Option(
            names = "--role",
            defaultValue = "TARGET",
            description = "target, donor or bystander (default: target).")
    private Role role;

    @Mixin private ClusterOption cluster;
    @Mixin private OutputOption output;

    @Override
    public Integer call() {
        var kafka = cluster.resolve();
        output.rows(
                rows(kafka, intervention.find(kafka).getId()),
                List.of(
                        new Column<>("document", Row::document),
                        new Column<>("step", Row::step),
                        new Column<>("sequence", Row::sequence),
                        new Column<>("start", Row::start),
                        new Column<>("length", Row::length),
                        new Column<>("items", row -> String.join(" ", row.items())),
                        new Column<>("score", Row::score)));
        return 0;
    }

    private List<Row> rows(Cluster kafka, String id) {
        var matches = new ArrayList<Match>();
        var items = new HashSet<ItemRef>();
        TopicTable.scan(
                kafka,
                TopicCatalogue.MATCHES,
                (key, match) -> {
                    if (match.getIntervention().equals(id)
                            && match.getRole().filter(role::equals).isPresent()) {
                        matches.add(match);
                        items.addAll(match.getItems());
                    }
                });
        var names = new ItemNames(items);
        return matches.stream().map(match -> Row.of(match, names)).toList();
    }
}
