package io.retcon.deploy.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.retcon.deploy.RetconProcess;
import io.retcon.deploy.stack.RunningStack;
import io.retcon.retrainer.history.StepReader;
import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.Sha256;
import io.retcon.schemas.history.PackedTokens;
import io.retcon.schemas.history.RunManifests;
import io.retcon.schemas.history.Window;
import io.retcon.schemas.record.Effects;
import io.retcon.schemas.record.Retraining;
import io.retcon.schemas.record.Selection;
import io.retcon.schemas.spec.InterventionSpec;
import io.retcon.schemas.spec.Specs;
import io.retcon.schemas.topic.Cluster;
import io.retcon.schemas.topic.Topic;
import io.retcon.schemas.topic.TopicCatalogue;
import io.retcon.schemas.topic.TopicTable;
import io.retcon.streams.effects.EffectsJson;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/**
 * Promise 3 on the whole loop: kill -9 while it rewrites, while it retrains and while specs stand,
 * and nothing differs.
 */
class KilledDemoIT {
    private static final Duration PATIENCE = Duration.ofMinutes(6);

    private static final String STANDING =
            """
            trigger: on-checkpoint
            budget: 4
            after: %d
            name: %s
            run: %s
            select:  { benchmark: %s, rule: learned-at }
            match:   %s
            operate: { operation: swap }
            arms:    [control, treated]
            retrain: { replicates: 1 }
            """;

    @TempDir static Path folder;
    private static Path undisturbed;
    private static final List<Process> PROCESSES = new ArrayList<>();

    @BeforeAll
    static void runUndisturbed() throws Exception {
        undisturbed = folder.resolve("undisturbed");
        assertThat(
                        start("demo", "--quick", "--port", "0", "--data", undisturbed.toString())
                                .waitFor())
                .isZero();
    }

    @AfterEach
    void end() {
        PROCESSES.forEach(Process::destroyForcibly);
    }

    @Test
    void aDemoKilledTwiceEndsAsAnUndisturbedOne() throws Exception {
        // Given
        var killed = folder.resolve("killed");
        var demo = start("demo", "--quick", "--port", "0", "--data", killed.toString());
        killWhen(demo, killed, TopicCatalogue.REWRITES, rewrite -> true);
        // When
        var up = start("up", "--port", "0", "--data", killed.toString());
        killWhen(
                up,
                killed,
                TopicCatalogue.PROGRESS,
                progress -> progress.getStage().equals("retrain") && progress.getDone() > 5);
        var again = start("up", "--port", "0", "--data", killed.toString());
        var effects = await(again, killed);
        var overlay = overlay(killed);
        stop(again);
        // Then
        var check = start("up", "--port", "0", "--data", undisturbed.toString());
        // As JSON, because a record with NaN differs from itself.
        assertThat(EffectsJson.of(effects)).isEqualTo(EffectsJson.of(await(check, undisturbed)));
        assertThat(overlay).isEqualTo(overlay(undisturbed));
        assertThatAnExportedArmComesBackAsItWas(undisturbed, effects.getIntervention());
        assertThatRowsAreExported(effects);
        stop(check);
    }

    /**
     * A spec that stands fires once for each checkpoint, also where the stack is killed meanwhile,
     * and no control is trained twice.
     */
    @Test
    void standingSpecsFireOnceAndShareTheirControls() throws Exception {
        // Given
        var up = start("up", "--port", "0", "--data", undisturbed.toString());
        var demo = poll(up, undisturbed, KilledDemoIT::firstSelection);
        var first = Specs.of(demo);
        long step = first.window().getFrom();
        publishStanding("by-both", step, first, "{ matcher: cooccurrence }");
        killWhen(
                up, undisturbed, TopicCatalogue.RETRAININGS, retraining -> !isOf(demo, retraining));
        // When
        var again = start("up", "--port", "0", "--data", undisturbed.toString());
        poll(again, undisturbed, cluster -> Optional.of(true));
        publishStanding(
                "by-rank", step, first, "{ matcher: bm25, query: subject+object, topK: 40 }");
        var effects = poll(again, undisturbed, cluster -> effects(cluster, "by-", 4));
        // Then
        var cluster = new Cluster(RunningStack.on(undisturbed).bootstrapServers());
        assertThat(effects).hasSize(4);
        var made = new ArrayList<String>();
        TopicTable.scan(
                cluster,
                TopicCatalogue.INTERVENTIONS,
                (key, intervention) -> made.add(intervention.getName()));
        assertThat(made.stream().filter(name -> name.contains("@"))).doesNotHaveDuplicates();
        var controls =
                TopicTable.read(cluster, TopicCatalogue.RETRAININGS).values().stream()
                        .filter(one -> !isOf(demo, one))
                        .filter(one -> one.getId().getArm().equals("control"))
                        .toList();
        assertThat(controls).hasSize(4);
        var trained = controls.stream().filter(one -> one.getSameAs().isEmpty()).toList();
        assertThat(trained).extracting(Retraining::getWindow).doesNotHaveDuplicates();
        // The demo itself has trained the control of the first window.
        assertThat(trained).hasSize(1);
        stop(again);
    }

    private void publishStanding(String name, long after, InterventionSpec like, String matcher)
            throws Exception {
        var file = folder.resolve(name + ".yaml");
        Files.writeString(
                file,
                STANDING.formatted(after, name, like.run(), like.select().getBenchmark(), matcher));
        run("run", file.toString(), "--data", undisturbed.toString());
    }

    private static boolean isOf(Selection selection, Retraining retraining) {
        return retraining.getId().getIntervention().equals(selection.getIntervention());
    }

    private static Optional<Selection> firstSelection(Cluster cluster) {
        return TopicTable.read(cluster, TopicCatalogue.SELECTIONS).values().stream().findFirst();
    }

    /** Of the interventions whose names begin so, once there are so many. */
    private static Optional<List<Effects>> effects(Cluster cluster, String prefix, int count) {
        var names = new TreeMap<String, String>();
        TopicTable.read(cluster, TopicCatalogue.INTERVENTIONS)
                .forEach((id, intervention) -> names.put(id, intervention.getName()));
        var found =
                TopicTable.read(cluster, TopicCatalogue.EFFECTS).values().stream()
                        .filter(one -> names.get(one.getIntervention()).startsWith(prefix))
                        .toList();
        return found.size() < count ? Optional.empty() : Optional.of(found);
    }

    private void assertThatAnExportedArmComesBackAsItWas(Path data, String intervention)
            throws Exception {
        // Given
        var export = folder.resolve("export");
        // When
        run("export", "history", intervention, "-o", export.toString(), "--data", data.toString());
        // Then
        var manifest = new ObjectMapper().readTree(export.resolve("manifest.json").toFile());
        var file = export.resolve(manifest.at("/files/0/name").textValue());
        var exported = Files.readAllBytes(file);
        assertThat(Sha256.of(exported)).isEqualTo(manifest.at("/files/0/sha256").textValue());
        // When
        run(
                "history",
                "import",
                file.toString(),
                "--run",
                "again",
                "--batch",
                manifest.path("sequencesPerStep").asText(),
                "--sequence-length",
                manifest.path("tokensPerSequence").asText(),
                "--token-type",
                manifest.path("tokenType").asText().replace("uint", "u"),
                "--vocabulary",
                manifest.path("vocabulary").asText(),
                "--eos",
                manifest.path("eos").asText(),
                "--data",
                data.toString());
        // Then
        var cluster = new Cluster(RunningStack.on(data).bootstrapServers());
        var manifests = RunManifests.read(cluster);
        long steps = manifests.of("again").getSteps();
        var back = new ByteArrayOutputStream();
        try (var reader = StepReader.ofHistory(cluster, "again", manifests, new Window(0, steps))) {
            for (long step = 0; step < steps; step++) {
                for (int[] sequence : reader.next().sequences()) {
                    back.write(
                            PackedTokens.pack(sequence, manifests.of("again").getWidth()).array());
                }
            }
        }
        assertThat(back.toByteArray()).isEqualTo(exported);
    }

    private void assertThatRowsAreExported(Effects effects) throws Exception {
        // Given
        var id = effects.getIntervention();
        for (var what : List.of("effects", "matches", "scores")) {
            var file = folder.resolve(what + ".csv");
            // When
            run("export", what, id, "-o", file.toString(), "--data", undisturbed.toString());
        }
        // Then
        assertThat(folder.resolve("effects.csv"))
                .content()
                .hasLineCount(1 + effects.getEffects().size());
        assertThat(Files.lines(folder.resolve("matches.csv")).skip(1))
                .isNotEmpty()
                .allMatch(line -> line.startsWith(id) && line.contains(",target,"));
        assertThat(Files.lines(folder.resolve("scores.csv")).skip(1))
                .isNotEmpty()
                .allMatch(line -> line.contains(id));
    }

    private void run(String... arguments) throws Exception {
        assertThat(start(arguments).waitFor()).as(String.join(" ", arguments)).isZero();
    }

    /** Waits for a committed record of the kind, then kills without warning. */
    private <V extends org.apache.avro.specific.SpecificRecord> void killWhen(
            Process process, Path data, Topic<V> topic, Predicate<V> seen) throws Exception {
        poll(
                process,
                data,
                cluster -> {
                    var found = new AtomicLong();
                    TopicTable.scan(
                            cluster,
                            topic,
                            (key, value) -> found.addAndGet(seen.test(value) ? 1 : 0));
                    return found.get() > 0 ? Optional.of(true) : Optional.empty();
                });
        process.destroyForcibly();
        process.waitFor();
    }

    private Effects await(Process process, Path data) throws Exception {
        return poll(
                process,
                data,
                cluster ->
                        TopicTable.read(cluster, TopicCatalogue.EFFECTS).values().stream()
                                .findFirst());
    }

    /** Something that a running cluster shows sooner or later. */
    private interface Look<T> {
        Optional<T> at(Cluster cluster);
    }

    private static <T> T poll(Process process, Path data, Look<T> look) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            assertThat(process.isAlive()).as("the process lives").isTrue();
            try {
                var stack = RunningStack.on(data);
                if (stack.pid() == process.pid()) {
                    var seen = look.at(new Cluster(stack.bootstrapServers()));
                    if (seen.isPresent()) {
                        return seen.get();
                    }
                }
            } catch (RefusedInput notYetUp) {
                // It says where it answers once it does.
            }
            Thread.sleep(50);
        }
        var cluster = new Cluster(RunningStack.on(data).bootstrapServers());
        throw new AssertionError(
                "nothing was seen within %s:%n%s"
                        .formatted(
                                PATIENCE,
                                String.join(
                                        System.lineSeparator(), new Standstill(cluster).words())));
    }

    /** Every rewritten sequence by its key, as text: tokens and lineage. */
    private static TreeMap<String, String> overlay(Path data) {
        var cluster = new Cluster(RunningStack.on(data).bootstrapServers());
        var overlay = new TreeMap<String, String>();
        TopicTable.scan(
                cluster,
                TopicCatalogue.REWRITES,
                (key, rewrite) ->
                        assertThat(overlay.put(key, rewrite.toString()))
                                .as("%s is written once", key)
                                .isNull());
        assertThat(overlay).isNotEmpty();
        return overlay;
    }

    private static void stop(Process process) throws InterruptedException {
        process.destroy();
        assertThat(process.waitFor()).isZero();
    }

    private static Process start(String... arguments) throws IOException {
        var log = folder.resolve("process-" + PROCESSES.size() + ".log");
        var process = RetconProcess.start(log, List.of(arguments)).process();
        PROCESSES.add(process);
        return process;
    }
}
