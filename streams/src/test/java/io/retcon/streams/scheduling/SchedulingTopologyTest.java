package io.retcon.streams.scheduling;

import static io.retcon.schemas.topic.TopicCatalogue.MANIFESTS;
import static io.retcon.schemas.topic.TopicCatalogue.PROGRESS;
import static io.retcon.schemas.topic.TopicCatalogue.REJECTS;
import static io.retcon.schemas.topic.TopicCatalogue.RETRAININGS;
import static io.retcon.schemas.topic.TopicCatalogue.REWRITES;
import static io.retcon.schemas.topic.TopicCatalogue.SELECTIONS;

import static org.assertj.core.api.Assertions.assertThat;

import io.retcon.schemas.record.Closing;
import io.retcon.schemas.record.DocumentRef;
import io.retcon.schemas.record.Operation;
import io.retcon.schemas.record.Replacement;
import io.retcon.schemas.record.RetrainSpec;
import io.retcon.schemas.record.Retraining;
import io.retcon.schemas.record.RetrainingState;
import io.retcon.schemas.record.Rewrite;
import io.retcon.schemas.record.Selection;
import io.retcon.schemas.record.TokenWidth;
import io.retcon.schemas.record.Truncation;
import io.retcon.schemas.serde.ContentAddressedSchemas;
import io.retcon.schemas.serde.Schemas;
import io.retcon.schemas.spec.InterventionSpec;
import io.retcon.schemas.spec.SpecText;
import io.retcon.schemas.spec.Specs;
import io.retcon.schemas.testing.SeededTest;
import io.retcon.schemas.topic.Keys;
import io.retcon.streams.planning.TestingSelection;
import io.retcon.streams.state.TestingTopology;
import io.retcon.streams.walking.TestingHistory;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

class SchedulingTopologyTest {
    private final Schemas schemas = new ContentAddressedSchemas();
    private final TestingHistory history = TestingHistory.random(new Random(1), 6, 4, 60, 1);
    @TempDir Path folder;

    @SeededTest(tries = 8)
    void everyReplicateOfEveryArmIsPublishedOnceWhateverComesFirst(Random random) {
        // Given
        try (var topology = topology()) {
            var arrivals = new ArrayList<Runnable>();
            arrivals.add(() -> topology.input(MANIFESTS).pipeInput("run", history.manifest()));
            arrivals.add(
                    () ->
                            topology.input(SELECTIONS)
                                    .pipeInput(
                                            "i1",
                                            TestingSelection.of("i1", 42, "control", "treated")));
            arrivals.add(() -> pipe(topology, closing("control", 0)));
            arrivals.add(
                    () ->
                            pipe(
                                    topology,
                                    rewrite("treated", 0, 5),
                                    rewrite("treated", 1, 2),
                                    closing("treated", 2)));
            Collections.shuffle(arrivals, random);
            // When
            arrivals.forEach(Runnable::run);
            topology.input(MANIFESTS).pipeInput("run", history.manifest());
            // Then
            var retrainings = topology.output(RETRAININGS).readKeyValuesToList();
            assertThat(retrainings)
                    .extracting(pair -> pair.key)
                    .containsExactlyInAnyOrder(
                            "i1|control|0", "i1|control|1", "i1|treated|0", "i1|treated|1");
            var byKey = new java.util.TreeMap<String, Retraining>();
            retrainings.forEach(pair -> byKey.put(pair.key, pair.value));
            assertThat(byKey.values())
                    .extracting(Retraining::getState)
                    .containsOnly(RetrainingState.PENDING);
            assertThat(byKey.values())
                    .extracting(Retraining::getBenchmarks)
                    .containsOnly(List.of("b", "z"));
            assertThat(byKey.get("i1|treated|1").getSeed())
                    .isEqualTo(byKey.get("i1|control|1").getSeed())
                    .isNotEqualTo(byKey.get("i1|treated|0").getSeed());
            assertThat(byKey.get("i1|treated|0").getDocuments()).isEqualTo(2);
            assertThat(byKey.get("i1|treated|0").getTruncated()).isEqualTo(7);
            assertThat(byKey.get("i1|control|0").getDocuments()).isZero();
        }
    }

    @Test
    void everyRetrainingOfAFactorialDesignHasItsOwnSeed() {
        // Given
        var selection = TestingSelection.of("i1", 42, "control", "on-01", "on-10", "on-11");
        try (var topology = topology()) {
            topology.input(MANIFESTS).pipeInput("run", history.manifest());
            topology.input(SELECTIONS).pipeInput("i1", selection);
            // When
            Specs.of(selection).arms().forEach(arm -> pipe(topology, closing(arm, 0)));
            // Then
            assertThat(topology.output(RETRAININGS).readValuesToList())
                    .hasSize(8)
                    .extracting(Retraining::getSeed)
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void anArmWaitsForAllItsPartitions() {
        // Given
        var manifest = TestingHistory.random(new Random(1), 6, 4, 60, 2).manifest();
        try (var topology = topology()) {
            topology.input(MANIFESTS).pipeInput("run", manifest);
            topology.input(SELECTIONS).pipeInput("i1", TestingSelection.of("i1", 1, "control"));
            // When
            pipe(topology, closing("control", 0));
            // Then
            assertThat(topology.output(RETRAININGS).isEmpty()).isTrue();
        }
    }

    @SeededTest(tries = 8)
    void aControlIsTrainedOnceForAllInterventionsThatNeedIt(Random random) {
        // Given
        try (var topology = topology()) {
            topology.input(MANIFESTS).pipeInput("run", history.manifest());
            var names = new ArrayList<>(List.of("i1", "i2", "i3"));
            Collections.shuffle(names, random);
            for (var name : names) {
                topology.input(SELECTIONS)
                        .pipeInput(name, TestingSelection.of(name, 42, "control"));
                pipe(
                        topology,
                        Rewrite.newBuilder(closing("control", 0)).setIntervention(name).build());
            }
            topology.input(SELECTIONS)
                    .pipeInput("other", TestingSelection.of("other", 43, "control"));
            pipe(
                    topology,
                    Rewrite.newBuilder(closing("control", 0)).setIntervention("other").build());
            var published = topology.output(RETRAININGS).readValuesToList();
            assertThat(published)
                    .extracting(one -> one.getId().getIntervention())
                    .containsExactly(names.getFirst(), names.getFirst(), "other", "other");
            // When
            var first = published.get(0);
            var second = published.get(1);
            finish(topology, first, RetrainingState.FAILED);
            finish(topology, second, RetrainingState.DONE);
            finish(topology, second, RetrainingState.DONE);
            // Then
            var next = topology.output(RETRAININGS).readValuesToList();
            assertThat(next).hasSize(3);
            assertThat(next.getFirst().getSameAs()).isEmpty();
            assertThat(next.getFirst().getId().getReplicate()).isZero();
            assertThat(next.subList(1, 3))
                    .allMatch(one -> one.getSameAs().equals(java.util.Optional.of(second.getId())))
                    .allMatch(one -> one.getId().getReplicate() == 1);
            finish(topology, next.getFirst(), RetrainingState.DONE);
            assertThat(topology.output(RETRAININGS).readValuesToList())
                    .singleElement()
                    .satisfies(
                            last -> assertThat(last.getSameAs()).contains(next.getFirst().getId()));
        }
    }

    @ParameterizedTest
    @CsvSource({"libtorch, cpu, fp32", "libtorch, cuda:0, fp32", "libtorch, cpu, bf16"})
    void aControlOfAnotherEngineIsAnother(String engine, String device, String precision) {
        // Given
        try (var topology = topology()) {
            topology.input(MANIFESTS).pipeInput("run", history.manifest());
            var here = TestingSelection.of("i1", 42, "control");
            var retrain =
                    RetrainSpec.newBuilder(Specs.of(here).retrain())
                            .setEngine(engine)
                            .setDevice(device)
                            .setPrecision(precision)
                            .build();
            var there =
                    Selection.newBuilder(TestingSelection.of("i2", 42, "control"))
                            .setSpec(
                                    new SpecText(
                                                    InterventionSpec.newBuilder(Specs.of(here))
                                                            .setRetrain(retrain)
                                                            .build())
                                            .yaml())
                            .build();
            // When
            for (var selection : List.of(here, there)) {
                var name = selection.getIntervention();
                topology.input(SELECTIONS).pipeInput(name, selection);
                pipe(
                        topology,
                        Rewrite.newBuilder(closing("control", 0)).setIntervention(name).build());
            }
            // Then
            assertThat(topology.output(RETRAININGS).readValuesToList())
                    .extracting(one -> one.getId().getIntervention())
                    .containsExactly("i1", "i1", "i2", "i2");
        }
    }

    @SeededTest(tries = 6)
    void chaoticRecordsBesideItChangeNoRetraining(Random random) {
        // Given
        var retrainings = new ArrayList<List<Retraining>>();
        for (int records : new int[] {0, 60}) {
            // When
            try (var topology = topology()) {
                topology.disturb(random, records, MANIFESTS, SELECTIONS, REWRITES, RETRAININGS);
                topology.input(MANIFESTS).pipeInput("run", history.manifest());
                pipe(topology, rewrite("treated", 0, 5));
                topology.disturb(random, records, MANIFESTS, SELECTIONS, REWRITES, RETRAININGS);
                pipe(topology, rewrite("treated", 1, 2), closing("treated", 2));
                pipe(topology, closing("control", 0));
                topology.disturb(random, records, MANIFESTS, SELECTIONS, REWRITES, RETRAININGS);
                topology.input(SELECTIONS)
                        .pipeInput("i1", TestingSelection.of("i1", 42, "control", "treated"));
                topology.disturb(random, records, MANIFESTS, SELECTIONS, REWRITES, RETRAININGS);
                retrainings.add(
                        topology.output(RETRAININGS).readValuesToList().stream()
                                .filter(one -> one.getId().getIntervention().equals("i1"))
                                .toList());
            }
        }
        // Then
        assertThat(retrainings.getFirst()).hasSize(4);
        assertThat(retrainings.getLast()).isEqualTo(retrainings.getFirst());
    }

    @Test
    void aClosingRecordThatCountsWhatIsNotThereIsRefused() {
        // Given
        var unknown = Rewrite.newBuilder(closing("treated", 5)).setIntervention("unknown").build();
        try (var topology = topology()) {
            // When
            topology.input(REWRITES).pipeInput("of nobody", unknown);
            pipe(topology, rewrite("treated", 0, 5), closing("treated", 3));
            // Then
            var rejects = topology.output(REJECTS).readValuesToList();
            assertThat(rejects).hasSize(2);
            assertThat(rejects.getFirst().getKey()).contains("of nobody");
            assertThat(rejects.getFirst().getReason())
                    .contains("has 0 rewritten sequences in partition 0")
                    .contains("closing record says 5");
            assertThat(rejects.getLast().getKey()).contains("i1");
            assertThat(
                            topology.output(PROGRESS)
                                    .readKeyValuesToMap()
                                    .get("i1|rewrite")
                                    .getMessage())
                    .contains("refused: " + rejects.getLast().getReason());
        }
    }

    private static void finish(
            TestingTopology topology, Retraining retraining, RetrainingState state) {
        topology.input(RETRAININGS)
                .pipeInput(
                        Keys.retraining(retraining.getId()),
                        Retraining.newBuilder(retraining).setState(state).build());
    }

    private TestingTopology topology() {
        return new TestingTopology(new SchedulingTopology(schemas).toTopology(), schemas, folder);
    }

    private static void pipe(TestingTopology topology, Rewrite... rewrites) {
        for (var rewrite : rewrites) {
            topology.input(REWRITES).pipeInput("key", rewrite);
        }
    }

    private static Rewrite closing(String arm, long records) {
        return rewrite(arm).setClosing(new Closing(records, "unused")).build();
    }

    private static Rewrite rewrite(String arm, int sequence, int truncated) {
        return rewrite(arm)
                .setStep(0L)
                .setSequence(sequence)
                .setLineage(
                        List.of(
                                Replacement.newBuilder()
                                        .setOperation(Operation.SWAP)
                                        .setDocument(new DocumentRef("d", 0L, sequence, 0, 3))
                                        .setItems(List.of())
                                        .setStart(0)
                                        .setLength(3)
                                        .build()))
                .setTruncated(List.of(new Truncation("d", truncated)))
                .build();
    }

    private static Rewrite.Builder rewrite(String arm) {
        return Rewrite.newBuilder()
                .setIntervention("i1")
                .setRun("run")
                .setArm(arm)
                .setWidth(TokenWidth.U32)
                .setTokens(ByteBuffer.allocate(0))
                .setDocuments(List.of())
                .setLineage(List.of())
                .setTruncated(List.of());
    }
}
