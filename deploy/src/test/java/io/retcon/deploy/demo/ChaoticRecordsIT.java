package io.retcon.deploy.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.retcon.deploy.LocalRun;
import io.retcon.deploy.cli.ProgressLine;
import io.retcon.deploy.component.Stages;
import io.retcon.deploy.dashboard.DashboardOptions;
import io.retcon.deploy.intervention.EffectsCommand;
import io.retcon.deploy.intervention.LineageCommand;
import io.retcon.deploy.intervention.MatchesCommand;
import io.retcon.deploy.intervention.ReportCommand;
import io.retcon.deploy.intervention.StatusCommand;
import io.retcon.deploy.stack.DataFolder;
import io.retcon.deploy.stack.Stack;
import io.retcon.schemas.record.Closing;
import io.retcon.schemas.record.DocumentRef;
import io.retcon.schemas.record.Intervention;
import io.retcon.schemas.record.Operation;
import io.retcon.schemas.record.Plan;
import io.retcon.schemas.record.Retraining;
import io.retcon.schemas.record.RetrainingId;
import io.retcon.schemas.record.RetrainingState;
import io.retcon.schemas.record.Rewrite;
import io.retcon.schemas.record.TokenWidth;
import io.retcon.schemas.spec.InterventionSpec;
import io.retcon.schemas.testing.ChaoticRecords;
import io.retcon.schemas.topic.Cluster;
import io.retcon.schemas.topic.Keys;
import io.retcon.schemas.topic.TopicCatalogue;
import io.retcon.schemas.topic.TopicTable;
import io.retcon.schemas.topic.Transaction;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * No record stops anything for good: beside chaotic records on every topic an intervention ends
 * with the bits that it has without them, and the stack starts again on them. {@code
 * -Dretcon.rounds=N} takes more rounds, {@code -Dseed=N} repeats the first one.
 */
class ChaoticRecordsIT {
    private static final int PARTITIONS = 3;
    private static final int RECORDS = 120;
    private static final int SHOWN = 40;
    private static final String RUN = "chaos";
    private static final String LOST = "lost";

    @TempDir Path folder;

    @Test
    @Timeout(value = 60, unit = TimeUnit.MINUTES)
    void anInterventionBesideChaoticRecordsEndsAsAnUndisturbedOne() throws Exception {
        // Given
        long seed = Long.getLong("seed", System.nanoTime() & 0xFFFFFF);
        int rounds = Integer.getInteger("retcon.rounds", 1);
        System.out.println("chaotic records from seed " + seed + ", rounds " + rounds);
        Undisturbed undisturbed;
        try (var data = DataFolder.claim(folder);
                var line = ProgressLine.onStandardError();
                var stack = start(data)) {
            var demo = demo(stack, line, Undisturbed.SIZE);
            var spec = Undisturbed.spec(demo.prepare());
            var alone = stack.unlessAComponentDies(() -> demo.effects(spec));
            undisturbed = Undisturbed.of(stack.cluster(), spec, alone);
            // When
            for (int round = 0; round < rounds; round++) {
                var random = new Random(seed + round);
                disturb(stack.cluster(), random);
                contradict(stack.cluster(), spec);
                var twin = undisturbed.twin("round-" + round);
                var effects =
                        stack.unlessAComponentDies(
                                () -> {
                                    disturb(stack.cluster(), random);
                                    return demo.effects(twin);
                                });
                // Then
                undisturbed.assertSame(stack.cluster(), effects);
            }
            assertThat(reasons(stack.cluster()))
                    .anyMatch(reason -> reason.contains("has a gap"))
                    .anyMatch(reason -> reason.contains("closing record says 5"))
                    .anyMatch(reason -> reason.contains("takes nothing back"));
        }
        // When
        try (var data = DataFolder.claim(folder);
                var line = ProgressLine.onStandardError();
                var stack = start(data)) {
            var demo = demo(stack, line, WorldSize.quick());
            var effects =
                    stack.unlessAComponentDies(
                            () -> demo.effects(undisturbed.twin("after a restart")));
            // Then
            undisturbed.assertSame(stack.cluster(), effects);
            assertThatPagesShow(stack.cluster(), effects.getIntervention());
            assertThatVerbsShow(stack.cluster(), effects.getIntervention());
            assertThat(stack.ended()).isNotDone();
        }
    }

    private static Stack start(DataFolder data) {
        return Stack.embedded(data, 0, PARTITIONS, Stages.all(), part -> {});
    }

    private Demo demo(Stack stack, ProgressLine line, WorldSize size) {
        return new Demo(stack.cluster(), folder, World.of(size, 3), RUN, line);
    }

    private static void disturb(Cluster cluster, Random random) {
        var chaos = new ChaoticRecords(random, cluster.schemas());
        try (var producer = cluster.producer()) {
            for (int i = 0; i < RECORDS; i++) {
                for (var topic : TopicCatalogue.all()) {
                    var record = chaos.next(topic);
                    producer.send(new ProducerRecord<>(topic.name(), record.key(), record.value()));
                }
            }
            producer.flush();
        }
    }

    /** Valid records that contradict history, the plan, or each other. */
    private static void contradict(Cluster cluster, InterventionSpec spec) {
        var lost = new RetrainingId(LOST, "treated", 0);
        var plan =
                Plan.newBuilder()
                        .setIntervention(LOST)
                        .setRun(RUN)
                        .setArm("treated")
                        .setOperation(Operation.MASK)
                        .setTarget(new DocumentRef("d", 1L << 30, 2, 0, 4))
                        .setMasked(true)
                        .build();
        var closing =
                Plan.newBuilder()
                        .setIntervention(LOST)
                        .setRun(RUN)
                        .setArm("treated")
                        .setClosing(new Closing(1L, "x"))
                        .build();
        var rewrite =
                Rewrite.newBuilder()
                        .setIntervention(LOST)
                        .setRun(RUN)
                        .setArm("treated")
                        .setWidth(TokenWidth.U16)
                        .setTokens(ByteBuffer.allocate(0))
                        .setDocuments(List.of())
                        .setLineage(List.of())
                        .setTruncated(List.of())
                        .setClosing(new Closing(5L, "x"))
                        .build();
        var retraining =
                Retraining.newBuilder()
                        .setId(lost)
                        .setRun(spec.run())
                        .setWindow(spec.window())
                        .setRetrain(spec.retrain())
                        .setMetrics(spec.metrics())
                        .setSeed(1)
                        .setBenchmarks(List.of())
                        .setDocuments(0)
                        .setTruncated(0)
                        .setState(RetrainingState.PENDING)
                        .setStepsDone(0)
                        .build();
        try (var transaction = new Transaction(cluster, "contradiction")) {
            transaction.send(TopicCatalogue.PLANS, LOST, plan);
            transaction.send(TopicCatalogue.PLANS, LOST, closing);
            transaction.send(TopicCatalogue.REWRITES, LOST, rewrite);
            transaction.send(TopicCatalogue.RETRAININGS, Keys.retraining(lost), retraining);
            transaction.commit();
        }
    }

    private static List<String> reasons(Cluster cluster) {
        var reasons = new ArrayList<String>();
        TopicTable.scan(
                cluster,
                TopicCatalogue.REJECTS,
                (key, reject) -> {
                    if (reject != null) {
                        reasons.add(reject.getReason());
                    }
                });
        return reasons;
    }

    private void assertThatVerbsShow(Cluster cluster, String intervention) {
        var report = folder.resolve("report.html").toString();
        var verbs =
                List.of(
                        verb(cluster, new StatusCommand()),
                        verb(cluster, new EffectsCommand(), intervention),
                        verb(cluster, new MatchesCommand(), intervention),
                        verb(cluster, new LineageCommand(), intervention),
                        verb(cluster, new ReportCommand(), intervention, "-o", report));
        assertThat(verbs).allSatisfy(verb -> assertThat(verb.status()).as(verb.err()).isZero());
        assertThat(verbs.getFirst().out()).contains(intervention);
    }

    private static LocalRun verb(Cluster cluster, Object verb, String... arguments) {
        var all = new ArrayList<>(List.of("--bootstrap-servers", cluster.bootstrapServers()));
        all.addAll(List.of(arguments));
        return LocalRun.of(verb, all.toArray(String[]::new));
    }

    private static void assertThatPagesShow(Cluster cluster, String intervention) throws Exception {
        try (var dashboard = new DashboardOptions().start(cluster, "127.0.0.1", Optional.of(0));
                var client = HttpClient.newHttpClient()) {
            var pages = new ArrayList<>(List.of("/", "/runs", "/rejects", "/cluster"));
            pages.add("/interventions/" + intervention);
            TopicTable.read(cluster, TopicCatalogue.INTERVENTIONS).values().stream()
                    .map(Intervention::getId)
                    .limit(SHOWN)
                    .map(id -> "/interventions/" + URLEncoder.encode(id, StandardCharsets.UTF_8))
                    .forEach(pages::add);
            for (var page : pages) {
                var request = HttpRequest.newBuilder(dashboard.address().resolve(page)).build();
                var response = client.send(request, HttpResponse.BodyHandlers.ofString());
                assertThat(response.statusCode()).as(page).isIn(200, 400, 404);
            }
        }
    }
}
