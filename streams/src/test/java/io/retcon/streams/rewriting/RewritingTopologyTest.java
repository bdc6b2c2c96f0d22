package io.retcon.streams.rewriting;

import static io.retcon.schemas.topic.TopicCatalogue.PLANS;
import static io.retcon.schemas.topic.TopicCatalogue.PROGRESS;
import static io.retcon.schemas.topic.TopicCatalogue.REJECTS;
import static io.retcon.schemas.topic.TopicCatalogue.REWRITES;

import static org.assertj.core.api.Assertions.assertThat;

import io.retcon.schemas.Sha256;
import io.retcon.schemas.record.Closing;
import io.retcon.schemas.record.DocumentRef;
import io.retcon.schemas.record.Plan;
import io.retcon.schemas.record.Rewrite;
import io.retcon.schemas.serde.ContentAddressedSchemas;
import io.retcon.schemas.serde.Schemas;
import io.retcon.schemas.testing.SeededTest;
import io.retcon.streams.state.TestingTopology;
import io.retcon.streams.walking.Pace;
import io.retcon.streams.walking.TestingHistory;
import io.retcon.streams.walking.TestingPlans;

import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

class RewritingTopologyTest {
    private static final Pace SMALL_STEPS = new Pace(Duration.ofMillis(10), 2);

    private final Schemas schemas = new ContentAddressedSchemas();
    @TempDir Path folder;

    @SeededTest(tries = 8)
    void anArmsChangedSequencesComeInOrderWhateverOrderItsPlansCameIn(Random random) {
        // Given
        var history = TestingHistory.random(random, 6, 4, 60, 1);
        var treated = TestingPlans.random(random, history, "treated");
        var placebo = TestingPlans.random(random, history, "placebo");
        var arrivals = new ArrayList<Plan>(treated.withClosing(0));
        arrivals.addAll(placebo.withClosing(0));
        Collections.shuffle(arrivals, random);
        try (var topology = topology(history)) {
            // When
            arrivals.forEach(plan -> topology.input(PLANS).pipeInput("key", plan));
            topology.passASecond();
            // Then
            var rewrites = topology.output(REWRITES).readRecordsToList();
            for (var arm : List.of(treated, placebo)) {
                assertOverlay(rewrites, arm, history);
            }
            var progress = topology.output(PROGRESS).readValuesToList().getLast();
            assertThat(progress.getDone())
                    .isEqualTo(progress.getTotal())
                    .isEqualTo((long) treated.plans().size() + placebo.plans().size());
        }
    }

    @Test
    void nothingIsWrittenBeforeEveryPlanHasCome() {
        // Given
        var history = TestingHistory.random(new Random(3), 6, 4, 60, 1);
        var plans = TestingPlans.random(new Random(4), history, "treated").withClosing(0);
        try (var topology = topology(history)) {
            // When
            plans.stream().skip(1).forEach(plan -> topology.input(PLANS).pipeInput("key", plan));
            topology.passASecond();
            // Then
            assertThat(topology.output(REWRITES).isEmpty()).isTrue();
        }
    }

    @Test
    void anArmWithoutPlansIsClosedWithoutSequences() {
        // Given
        var history = TestingHistory.random(new Random(3), 6, 4, 60, 1);
        try (var topology = topology(history)) {
            // When
            new TestingPlans("control", List.of())
                    .withClosing(0)
                    .forEach(plan -> topology.input(PLANS).pipeInput("key", plan));
            topology.passASecond();
            // Then
            var rewrites = topology.output(REWRITES).readKeyValuesToMap();
            assertThat(rewrites).containsOnlyKeys("i|control|closing|0");
            var closing = rewrites.get("i|control|closing|0").getClosing().orElseThrow();
            assertThat(closing.getRecords()).isZero();
            assertThat(closing.getSha256()).isEqualTo(Sha256.of(""));
        }
    }

    @SeededTest(tries = 6)
    void chaoticPlansBesideItChangeNoOverlay(Random random) {
        // Given
        var history = TestingHistory.random(random, 6, 4, 60, 1);
        var plans = TestingPlans.random(random, history, "treated").withClosing(0);
        var overlays = new ArrayList<List<Rewrite>>();
        for (int records : new int[] {0, 100}) {
            // When
            try (var topology = topology(history)) {
                for (var plan : plans) {
                    topology.disturb(random, records / 10, PLANS);
                    topology.input(PLANS).pipeInput("key", plan);
                }
                topology.disturb(random, records, PLANS);
                topology.passASecond();
                overlays.add(
                        topology.output(REWRITES).readValuesToList().stream()
                                .filter(rewrite -> rewrite.getIntervention().equals("i"))
                                .toList());
            }
        }
        // Then
        assertThat(overlays.getFirst()).isNotEmpty();
        assertThat(overlays.getLast()).isEqualTo(overlays.getFirst());
    }

    @Test
    void aPlanOfASequenceThatIsNotThereFailsItsInterventionAndNoOther() {
        // Given
        var history = TestingHistory.random(new Random(3), 6, 4, 60, 1);
        var good = TestingPlans.random(new Random(4), history, "treated").withClosing(0);
        var target = new DocumentRef("d", 1L << 30, 3, 0, 2);
        var bad =
                Plan.newBuilder(good.getFirst()).setIntervention("lost").setTarget(target).build();
        var closing =
                Plan.newBuilder(good.getLast())
                        .setIntervention("lost")
                        .setClosing(new Closing(1L, "x"))
                        .build();
        try (var topology = topology(history)) {
            // When
            topology.input(PLANS).pipeInput("key", bad);
            topology.input(PLANS).pipeInput("key", closing);
            topology.passASecond();
            good.forEach(plan -> topology.input(PLANS).pipeInput("key", plan));
            topology.passASecond();
            // Then
            var reject = topology.output(REJECTS).readValue();
            assertThat(reject.getKey()).contains("lost");
            assertThat(reject.getReason()).contains("gap").contains("step 1073741824 sequence 3");
            assertThat(
                            topology.output(PROGRESS)
                                    .readKeyValuesToMap()
                                    .get("lost|rewrite")
                                    .getMessage())
                    .contains("refused: " + reject.getReason());
            assertThat(topology.output(REWRITES).readValuesToList().getLast().getClosing())
                    .isPresent();
        }
    }

    private TestingTopology topology(TestingHistory history) {
        return new TestingTopology(
                new RewritingTopology(schemas, history, SMALL_STEPS).toTopology(), schemas, folder);
    }

    private static void assertOverlay(
            List<TestRecord<String, Rewrite>> all, TestingPlans arm, TestingHistory history) {
        var records = all.stream().filter(r -> r.value().getArm().equals(arm.arm())).toList();
        var sequences = records.subList(0, records.size() - 1);
        var sha = new Sha256();
        int next = 0;
        for (var sequence : history.sequences()) {
            var plans = arm.of(sequence);
            if (!plans.isEmpty()) {
                var record = sequences.get(next++);
                assertThat(record.value()).isEqualTo(SequenceRewriter.rewrite(sequence, plans));
                assertThat(record.timestamp()).isEqualTo(sequence.getStep());
                assertThat(record.key())
                        .isEqualTo(
                                "i|%s|%d|%d"
                                        .formatted(
                                                arm.arm(),
                                                sequence.getStep(),
                                                sequence.getSequence()));
                sha.update(record.value().getTokens());
            }
        }
        assertThat(sequences).hasSize(next);
        var closing = records.getLast().value().getClosing().orElseThrow();
        assertThat(closing.getRecords()).isEqualTo(next);
        assertThat(closing.getSha256()).isEqualTo(sha.hex());
    }
}
