package io.retcon.deploy.intervention;

import static java.util.Objects.requireNonNull;

import io.retcon.deploy.cli.ProgressLine;
import io.retcon.indexer.match.Encoders;
import io.retcon.indexer.window.SelectionMatching;
import io.retcon.schemas.history.RunManifests;
import io.retcon.schemas.record.DocumentRef;
import io.retcon.schemas.record.InterventionSpec;
import io.retcon.schemas.record.Match;
import io.retcon.schemas.record.Role;
import io.retcon.schemas.record.Selection;
import io.retcon.schemas.topic.Cluster;
import io.retcon.streams.planning.Arm;
import io.retcon.streams.planning.MatchedDocuments;
import io.retcon.streams.planning.PlanSummary;
import io.retcon.streams.planning.Shortage;
import io.retcon.streams.planning.SwapPlanner;
import io.retcon.streams.planning.Target;
import io.retcon.streams.validation.SpecText;

import java.util.ArrayList;
import java.util.List;
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
        var arms = spec.getArms().stream().map(Arm::named).toList();
        var plans =
                new SwapPlanner(spec.getSeed(), Shortage.of(spec.getOperate())).plan(matched, arms);
        var manifest = RunManifests.read(cluster).of(spec.getRun());
        return PlanReport.of(
                spec,
                selection,
                matched,
                PlanSummary.of(plans),
                (long) manifest.getSequencesPerStep() * manifest.getTokensPerSequence(),
                scores.flipRate());
    }

    private MatchedDocuments matched(Selection selection) {
        var targets = new ArrayList<Target>();
        var bystanders = new ArrayList<DocumentRef>();
        var donors = new ArrayList<DocumentRef>();
        var read = new AtomicLong();
        try (var matching = SelectionMatching.fromTopic(cluster, selection, encoders)) {
            matching.run(
                            sequences ->
                                    line.update(
                                            "matching sequences",
                                            read.addAndGet(sequences),
                                            matching.sequences()))
                    .forEach((key, match) -> sort(match, targets, bystanders, donors));
        }
        return new MatchedDocuments(targets, bystanders, donors);
    }

    private static void sort(
            Match match,
            List<Target> targets,
            List<DocumentRef> bystanders,
            List<DocumentRef> donors) {
        match.getDocument()
                .ifPresent(
                        document -> {
                            switch (match.getRole().orElse(Role.UNKNOWN)) {
                                case TARGET -> targets.add(new Target(document, match.getItems()));
                                case BYSTANDER -> bystanders.add(document);
                                case DONOR -> donors.add(document);
                                case UNKNOWN -> {}
                            }
                        });
    }
}
