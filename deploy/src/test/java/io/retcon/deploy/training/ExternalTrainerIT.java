package io.retcon.deploy.training;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import io.retcon.deploy.LocalRun;
import io.retcon.deploy.Retcon;
import io.retcon.deploy.component.Stages;
import io.retcon.deploy.demo.World;
import io.retcon.deploy.demo.WorldFiles;
import io.retcon.deploy.demo.WorldSize;
import io.retcon.deploy.ingest.HistoryImportCommand;
import io.retcon.deploy.ingest.ItemsImportCommand;
import io.retcon.deploy.intervention.RunCommand;
import io.retcon.deploy.stack.DataFolder;
import io.retcon.deploy.stack.Stack;
import io.retcon.retrainer.external.ExternalTrainers;
import io.retcon.schemas.file.AllowedFiles;
import io.retcon.schemas.record.Retraining;
import io.retcon.schemas.record.RetrainingState;
import io.retcon.schemas.topic.TopicCatalogue;
import io.retcon.schemas.topic.TopicTable;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Interventions whose arms a program of the operator's trains: {@code ./retcon retrain}. */
class ExternalTrainerIT {
    private static final String RUN = "tiny";
    private static final WorldSize SIZE = new WorldSize(4, 4, 4, 20, 8, 48, 60, 4, 2, 1, 2);

    @TempDir static Path folder;
    private static DataFolder data;
    private static Stack stack;

    @BeforeAll
    static void start() throws Exception {
        var trainers = folder.resolve("trainers.yaml");
        Files.writeString(trainers, trainers());
        data = DataFolder.claim(folder.resolve("data"));
        var components = new ArrayList<>(Stages.all());
        components.add(Stages.externalRetrainer(AllowedFiles.ALL, ExternalTrainers.read(trainers)));
        stack = Stack.embedded(data, 0, 4, components, part -> {});
        var files = WorldFiles.write(World.of(SIZE, 1), RUN, folder.resolve("world"));
        say(
                new HistoryImportCommand(),
                files.corpus().toString(),
                "--run=" + RUN,
                "--tokenizer=" + files.tokenizer(),
                "--batch=8",
                "--sequence-length=48");
        say(new ItemsImportCommand(), files.items().toString());
        say(
                new TrainCommand(),
                "--run=" + RUN,
                "--config=" + files.config(),
                "--recipe=" + files.recipe(),
                "--every=20",
                "--benchmarks=" + World.BENCHMARK);
    }

    @AfterAll
    static void end() {
        stack.close();
        data.close();
    }

    /**
     * The first attempt of each retraining fails; one program hangs where it should train placebo.
     */
    private static String trainers() throws Exception {
        var script = folder.resolve("retrain.sh");
        Files.writeString(
                script,
                """
                test -e again || { touch again; echo 'no GPU is free'; exit 9; }
                exec %s "$@"
                """
                        .formatted(String.join(" ", java())));
        var retrain =
                """
                sh, %s, retrain, --checkpoint, "{checkpoint}", --history, "{history}", --recipe, "{recipe}",
                    --step, "{from}", --checkpoint-out, "{out}", --threads, "2", --output, json\
                """
                        .formatted(script);
        return """
        retcon:
          command: [%s]
          retries: 1
        hangs:
          command: [sh, -c, 'case {arm} in placebo) sleep 1000;; *) cp -r {checkpoint} {out};; esac']
          timeout: 2s
        """
                .formatted(retrain);
    }

    private static List<String> java() {
        var flags =
                ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                        .filter(flag -> !flag.startsWith("-agentlib"))
                        .map(flag -> "'" + flag + "'");
        return Stream.concat(
                        Stream.of(ProcessHandle.current().info().command().orElseThrow()),
                        Stream.concat(
                                flags,
                                Stream.of(
                                        "-cp",
                                        "'" + System.getProperty("java.class.path") + "'",
                                        Retcon.class.getName())))
                .toList();
    }

    /** The program reads the same tokens in the same order, so that its weights are the same. */
    @Test
    void theEffectIsBitForBitThatOfTheEngineThatTheProgramRuns() throws Exception {
        // When
        var own = run("own", "replicates: 2");
        var external = run("external", "replicates: 2, engine: external, command: [retcon]");
        // Then
        assertThat(external.path("effects")).isNotEmpty().isEqualTo(own.path("effects"));
        assertThat(external.path("documents")).isEqualTo(own.path("documents"));
        assertThat(retrainings(external))
                .hasSize(6)
                .allSatisfy(
                        retraining -> {
                            assertThat(retraining.getState()).isEqualTo(RetrainingState.DONE);
                            assertThat(retraining.getLosses()).hasSize(20);
                        });
    }

    @Test
    void anArmWhoseProgramHangsFailsAndTheOthersAreEstimated() throws Exception {
        // When
        var effects = run("hangs", "replicates: 1, engine: external, command: [hangs]");
        // Then
        assertThat(retrainings(effects))
                .hasSize(3)
                .allSatisfy(
                        retraining -> {
                            boolean hangs = retraining.getId().getArm().equals("placebo");
                            assertThat(retraining.getState())
                                    .isEqualTo(
                                            hangs ? RetrainingState.FAILED : RetrainingState.DONE);
                            if (hangs) {
                                assertThat(retraining.getReason().orElse(""))
                                        .startsWith(
                                                "trainer 'hangs' left no checkpoint: attempt 1 did"
                                                        + " not end within 2 seconds");
                            }
                        });
        assertThat(effects.path("effects"))
                .isNotEmpty()
                .allSatisfy(
                        effect ->
                                assertThat(effect.path("estimate").isNumber())
                                        .isEqualTo(
                                                effect.path("contrast")
                                                        .asText()
                                                        .equals("treated-control")));
    }

    private static List<Retraining> retrainings(JsonNode effects) {
        return TopicTable.read(stack.cluster(), TopicCatalogue.RETRAININGS).values().stream()
                .filter(
                        retraining ->
                                retraining
                                        .getId()
                                        .getIntervention()
                                        .equals(effects.path("intervention").asText()))
                .toList();
    }

    private static JsonNode run(String name, String retrain) throws Exception {
        var spec = folder.resolve(name + ".yaml");
        Files.writeString(
                spec,
                """
                name: %s
                run: %s
                select:  { benchmark: %s, rule: all }
                window:  { from: 40, to: 60 }
                match:   { matcher: cooccurrence }
                operate: { operation: swap, donors: { from: 60, to: 80 }, shortage: leave }
                arms:    [control, treated, placebo]
                retrain: { %s }
                measure: { metrics: [acc_raw, margin] }
                """
                        .formatted(name, RUN, World.BENCHMARK, retrain));
        return say(new RunCommand(), spec.toString(), "--wait", "--output=json").lines().getLast();
    }

    private static LocalRun say(Object verb, String... arguments) {
        var all = new ArrayList<>(List.of(arguments));
        all.add("--bootstrap-servers=" + stack.cluster().bootstrapServers());
        all.add("--data=" + folder.resolve("data"));
        var said = LocalRun.of(verb, all.toArray(String[]::new));
        assertThat(said.status()).as(said.err()).isZero();
        return said;
    }
}
