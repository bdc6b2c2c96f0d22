package io.retcon.deploy.intervention;

import static java.util.Objects.requireNonNull;

import io.retcon.deploy.cli.ProgressLine;
import io.retcon.indexer.match.Encoders;
import io.retcon.indexer.window.SelectionMatching;
import io.retcon.schemas.history.RunManifests;
import io.retcon.schemas.record.Item;
import io.retcon.schemas.record.ItemRef;
import io.retcon.schemas.record.Selection;
import io.retcon.schemas.spec.InterventionSpec;
import io.retcon.schemas.spec.SpecText;
import io.retcon.schemas.spec.Specs;
import io.retcon.schemas.topic.Cluster;
import io.retcon.schemas.topic.Keys;
import io.retcon.schemas.topic.TopicCatalogue;
import io.retcon.schemas.topic.TopicTable;
import io.retcon.streams.planning.InterventionPlanner;
import io.retcon.streams.planning.MatchedDocuments;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** What an intervention would do: the stages up to the plan, here and now; nothing is published. */
final class DryRun {
    private final Cluster cluster;
    private final Encoders encoders;
    private final ProgressLine line;

    /**
     * @param encoders that specs may name
     */
    DryRun(Cluster cluster, Encoders encoders, ProgressLine line) {
        this.encoders = requireNonNull(encoders, "encoders is null");
        this.cluster = requireNonNull(cluster, "cluster is null");
        this.line = requireNonNull(line, "line is null");
    }

    /**
     * @param spec with its checkpoints pinned
     */
    PlanReport of(InterventionSpec spec) {
        line.stage("reading scores");
        var scores = PastScores.read(cluster, spec);
        var selection = scores.selection(new SpecText(spec).id());
        var matched = matched(selection);
        var manifests = RunManifests.read(cluster);
        var manifest = manifests.of(spec.run());
        var planned =
                new InterventionPlanner(
                                selection,
                                manifest,
                                items(selection, matched),
                                () -> manifests.tokenizer(spec.run()))
                        .plan(matched);
        return PlanReport.of(
                Specs.of(selection),
                selection,
                matched,
                planned,
                new OverlappingPlans(cluster, selection.getIntervention())
                        .count(spec.run(), planned),
                (long) manifest.getSequencesPerStep() * manifest.getTokensPerSequence(),
                scores);
    }

    private Map<ItemRef, Item> items(Selection selection, MatchedDocuments matched) {
        var known = new HashMap<ItemRef, Item>();
        var read = InterventionPlanner.readItems(selection, matched);
        if (!read.isEmpty()) {
            var all = TopicTable.read(cluster, TopicCatalogue.ITEMS);
            read.forEach(item -> known.put(item, all.get(Keys.item(item))));
        }
        return known;
    }

    private MatchedDocuments matched(Selection selection) {
        var gathering = new MatchedDocuments.Gathering();
        var read = new AtomicLong();
        try (var matching = SelectionMatching.fromTopic(cluster, selection, encoders)) {
            matching.run(
                            sequences ->
                                    line.update(
                                            "matching sequences",
                                            read.addAndGet(sequences),
                                            matching.sequences()))
                    .forEach((key, match) -> gathering.add(match));
        }
        return gathering.documents();
    }
}
