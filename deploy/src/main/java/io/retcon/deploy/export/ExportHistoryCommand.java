package io.retcon.deploy.export;

import io.retcon.deploy.cli.ClusterOption;
import io.retcon.deploy.cli.OutputOption;
import io.retcon.deploy.cli.ProgressLine;
import io.retcon.deploy.intervention.InterventionOption;
import io.retcon.retrainer.export.TokenFolder;
import io.retcon.retrainer.export.TokenFolderManifest;
import io.retcon.retrainer.history.StepReader;
import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.history.RunManifests;
import io.retcon.schemas.history.Window;
import io.retcon.schemas.spec.Arm;
import io.retcon.schemas.spec.SpecReader;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/** Writes what an arm trains on as token files. */
@Command(
        name = "history",
        description = {
            "Writes an arm's window as token files without headers (little-endian, sequence after"
                + " sequence in training order), as NumPy's memmap and OLMo's trainer read them,"
                + " and manifest.json with their checksums.",
            "To train on them give the files in their order, and do not shuffle."
        })
public final class ExportHistoryCommand implements Callable<Integer> {
    @Mixin private InterventionOption intervention;

    @Option(
            names = "--arm",
            defaultValue = Arm.TREATED_LABEL,
            description = "control, treated or placebo (default: ${DEFAULT-VALUE}).")
    private String arm;

    @Option(
            names = "-o",
            required = true,
            paramLabel = "DIR",
            description = "A folder that is empty or not there.")
    private Path folder;

    @Option(
            names = "--steps-per-file",
            defaultValue = "1000",
            description = "Steps a file (default: ${DEFAULT-VALUE}).")
    private long stepsPerFile;

    @Mixin private ClusterOption cluster;
    @Mixin private OutputOption output;

    @Override
    public Integer call() throws IOException {
        var kafka = cluster.resolve();
        var found = intervention.find(kafka);
        var spec = new SpecReader().read(found.getSpec());
        if (!spec.arms().contains(arm)) {
            throw new RefusedInput(
                    "intervention %s has no arm '%s': say one of %s"
                            .formatted(found.getId(), arm, String.join(", ", spec.arms())));
        }
        var manifests = RunManifests.read(kafka);
        var window = Window.of(spec.window());
        var run = spec.run();
        var export = new TokenFolder(folder, manifests.of(run), window, stepsPerFile);
        TokenFolderManifest written;
        try (var line = ProgressLine.onStandardError();
                var steps = StepReader.ofArm(kafka, run, manifests, window, found.getId(), arm)) {
            written =
                    export.write(
                            run,
                            found.getId(),
                            arm,
                            steps::next,
                            done -> line.update("exporting steps", done, window.steps()));
            steps.finish();
        }
        output.result(written, this::text);
        return 0;
    }

    private String text(TokenFolderManifest written) {
        return "%d steps of %d sequences of %d tokens (%s) in %s"
                .formatted(
                        written.toStep() - written.fromStep(),
                        written.sequencesPerStep(),
                        written.tokensPerSequence(),
                        written.tokenType(),
                        folder);
    }
}
