package io.retcon.deploy.report;

import static io.retcon.deploy.report.Element.tag;

import io.retcon.schemas.record.Checkpoint;
import io.retcon.schemas.record.Retraining;

import java.util.List;
import java.util.stream.Collectors;

/** Where the numbers come from, and the commands that make them again. */
public final class Provenance {
    private final Report report;

    public Provenance(Report report) {
        this.report = report;
    }

    public Element retrainings() {
        return tag("section")
                .add(tag("h2", "Retrainings"))
                .add(
                        Table.of(
                                List.of(
                                        "Arm",
                                        "Replicate",
                                        "Seed",
                                        "State",
                                        "Documents changed",
                                        "Tokens cut",
                                        "SHA-256 of the weights"),
                                report.retrainings().stream().map(Provenance::row).toList()));
    }

    private static List<Object> row(Retraining retraining) {
        return List.of(
                retraining.getId().getArm(),
                retraining.getId().getReplicate(),
                retraining.getSeed(),
                retraining
                        .getReason()
                        .map(why -> retraining.getState() + ": " + why)
                        .orElse(retraining.getState().toString()),
                retraining.getDocuments(),
                retraining.getTruncated(),
                hash(retraining.getSha256().orElse("–")));
    }

    public Element origin() {
        var effects = report.effects();
        var spec = report.spec();
        return tag("section")
                .add(tag("h2", "Provenance"))
                .add(
                        tag("dl")
                                .with("class", "facts")
                                .add(tag("dt", "Intervention"))
                                .add(tag("dd").add(tag("code", effects.getIntervention())))
                                .add(tag("dt", "Run"))
                                .add(tag("dd", effects.getRun()))
                                .add(tag("dt", "Window"))
                                .add(
                                        tag(
                                                "dd",
                                                "steps %d–%d"
                                                        .formatted(
                                                                effects.getWindow().getFrom(),
                                                                effects.getWindow().getTo())))
                                .add(tag("dt", "Seed"))
                                .add(tag("dd", spec.seed()))
                                .add(tag("dt", "Engine"))
                                .add(tag("dd", engines())))
                .add(tag("h3", "Checkpoints"))
                .add(
                        Table.of(
                                List.of("Of", "Step", "SHA-256", "Trained from"),
                                report.checkpoints().stream().map(Provenance::row).toList()))
                .add(tag("h3", "Spec"))
                .add(tag("pre").with("tabindex", 0).add(tag("code", report.specText().strip())))
                .add(tag("h3", "Do it again"))
                .add(tag("p", "With the spec above in spec.yaml and the run in the stack:"))
                .add(tag("pre").with("tabindex", 0).add(tag("code", commands())));
    }

    private static List<Object> row(Checkpoint checkpoint) {
        return List.of(
                checkpoint
                        .getRetraining()
                        .map(id -> id.getArm() + " " + id.getReplicate())
                        .orElse(checkpoint.getRun()),
                checkpoint.getStep(),
                hash(checkpoint.getSha256()),
                checkpoint.getParentSha256().map(Provenance::hash).orElse(tag("span", "fresh")));
    }

    private static Element hash(String sha256) {
        return tag("code", sha256).with("class", "hash");
    }

    private String engines() {
        var engines =
                report.checkpoints().stream()
                        .map(c -> c.getEngine() + ", " + Figures.count(c.getThreads(), "thread"))
                        .distinct()
                        .collect(Collectors.joining("; "));
        return engines.isEmpty() ? report.spec().retrain().getEngine() : engines;
    }

    private String commands() {
        var id = report.effects().getIntervention();
        return """
        ./retcon run spec.yaml --wait
        ./retcon effects %s --output json
        ./retcon lineage %s
        ./retcon report %s -o report.html\
        """
                .formatted(id, id, id);
    }
}
