package io.retcon.deploy.intervention;

import io.retcon.deploy.cli.ClusterOption;
import io.retcon.deploy.cli.Column;
import io.retcon.deploy.cli.OutputOption;
import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.record.DocumentRef;
import io.retcon.schemas.record.ItemRef;
import io.retcon.schemas.record.Replacement;
import io.retcon.schemas.record.Rewrite;
import io.retcon.schemas.record.Truncation;
import io.retcon.schemas.topic.TopicCatalogue;
import io.retcon.schemas.topic.TopicTable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/** From items to matched documents to what stands there now. */
@Command(
        name = "lineage",
        description =
                "What an intervention changed: items, matched documents, what replaced them and"
                        + " where it stands.")
public final class LineageCommand implements Callable<Integer> {
    /** One change. */
    public record Row(
            String arm,
            List<String> items,
            String document,
            int documentStart,
            int documentLength,
            String operation,
            Optional<String> donor,
            Optional<Long> donorStep,
            Optional<Integer> donorSequence,
            boolean masked,
            long step,
            int sequence,
            int start,
            int length,
            long truncatedInSequence) {
        static Row of(Rewrite rewrite, Replacement change) {
            return new Row(
                    rewrite.getArm(),
                    change.getItems().stream().map(ItemRef::getId).toList(),
                    change.getDocument().getId(),
                    change.getDocument().getStart(),
                    change.getDocument().getLength(),
                    change.getOperation().name().toLowerCase(java.util.Locale.ROOT),
                    change.getDonor().map(DocumentRef::getId),
                    change.getDonor().map(DocumentRef::getStep),
                    change.getDonor().map(DocumentRef::getSequence),
                    change.getMasked(),
                    rewrite.getStep().orElseThrow(),
                    rewrite.getSequence().orElseThrow(),
                    change.getStart(),
                    change.getLength(),
                    rewrite.getTruncated().stream().mapToLong(Truncation::getTokens).sum());
        }
    }

    @Mixin private InterventionOption intervention;

    @Option(names = "--arm", description = "Only this arm.")
    private Optional<String> arm;

    @Option(
            names = "--item",
            paramLabel = "ID",
            description = "Only what was changed for this item.")
    private Optional<String> item;

    @Option(
            names = "--document",
            paramLabel = "ID",
            description = "Only what became of this document, or what it replaced.")
    private Optional<String> document;

    @Mixin private ClusterOption cluster;
    @Mixin private OutputOption output;

    @Override
    public Integer call() {
        var kafka = cluster.resolve();
        var id = intervention.find(kafka).getId();
        var rows = new ArrayList<Row>();
        var arms = new TreeSet<String>();
        TopicTable.scan(
                kafka,
                TopicCatalogue.REWRITES,
                (key, rewrite) -> {
                    if (rewrite.getIntervention().equals(id)) {
                        arms.add(rewrite.getArm());
                        changes(rewrite).filter(this::wanted).forEach(rows::add);
                    }
                });
        arm.ifPresent(named -> checkArm(named, arms, id));
        rows.sort(
                Comparator.comparing(Row::arm)
                        .thenComparing(Row::step)
                        .thenComparing(Row::sequence)
                        .thenComparing(Row::documentStart));
        output.rows(
                rows,
                List.of(
                        new Column<>("arm", Row::arm),
                        new Column<>("items", row -> String.join(" ", row.items())),
                        new Column<>("document", Row::document),
                        new Column<>("operation", Row::operation),
                        new Column<>("donor", Row::donor),
                        new Column<>("masked", Row::masked),
                        new Column<>("step", Row::step),
                        new Column<>("sequence", Row::sequence),
                        new Column<>("start", Row::start),
                        new Column<>("length", Row::length),
                        new Column<>("truncated", Row::truncatedInSequence)));
        return 0;
    }

    /** Every arm has closing records, also one that changes nothing. */
    private static void checkArm(String named, Set<String> arms, String id) {
        if (!arms.isEmpty() && !arms.contains(named)) {
            throw new RefusedInput(
                    "intervention %s has no arm '%s': say one of %s"
                            .formatted(id, named, String.join(", ", arms)));
        }
    }

    private static Stream<Row> changes(Rewrite rewrite) {
        return rewrite.getLineage().stream().map(change -> Row.of(rewrite, change));
    }

    private boolean wanted(Row row) {
        return arm.map(row.arm()::equals).orElse(true)
                && item.map(row.items()::contains).orElse(true)
                && document.map(
                                id ->
                                        row.document().equals(id)
                                                || row.donor().filter(id::equals).isPresent())
                        .orElse(true);
    }
}
