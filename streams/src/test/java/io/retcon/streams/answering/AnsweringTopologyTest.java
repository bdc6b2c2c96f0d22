package io.retcon.streams.answering;

import static io.retcon.schemas.topic.TopicCatalogue.ANSWERS;
import static io.retcon.schemas.topic.TopicCatalogue.PLANS;
import static io.retcon.schemas.topic.TopicCatalogue.PROGRESS;
import static io.retcon.schemas.topic.TopicCatalogue.REQUESTS;

import static org.assertj.core.api.Assertions.assertThat;

import io.retcon.schemas.history.PackedTokens;
import io.retcon.schemas.record.Answer;
import io.retcon.schemas.record.DocumentRef;
import io.retcon.schemas.record.Operation;
import io.retcon.schemas.record.Plan;
import io.retcon.schemas.record.Request;
import io.retcon.schemas.record.TokenWidth;
import io.retcon.schemas.serde.ContentAddressedSchemas;
import io.retcon.schemas.serde.Schemas;
import io.retcon.schemas.testing.SeededTest;
import io.retcon.streams.planning.TestingTokenizer;
import io.retcon.streams.state.TestingTopology;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

class AnsweringTopologyTest {
    private static final int TIMEOUT = 3;

    private final Schemas schemas = new ContentAddressedSchemas();
    @TempDir Path folder;

    @SeededTest(tries = 10)
    void everyRequestBecomesOnePlanInWhateverOrderAnswersCome(Random random) {
        // Given
        try (var topology = topology()) {
            var arrivals = new ArrayList<Runnable>();
            for (int i = 0; i < 20; i++) {
                var key = "i|treated|" + i;
                var request = request(i, "shift");
                var answer = new Answer("w00100 w%05d".formatted(i), null);
                arrivals.add(() -> topology.input(REQUESTS).pipeInput(key, request));
                arrivals.add(() -> topology.input(ANSWERS).pipeInput(key, answer));
                arrivals.add(() -> topology.input(ANSWERS).pipeInput(key, answer));
            }
            Collections.shuffle(arrivals, random);
            // When
            arrivals.forEach(Runnable::run);
            passSeconds(topology, TIMEOUT + 1);
            // Then
            var plans = topology.output(PLANS).readKeyValuesToList();
            assertThat(plans).hasSize(20);
            for (var plan : plans) {
                int i = Integer.parseInt(plan.key.substring(plan.key.lastIndexOf('|') + 1));
                assertThat(tokens(plan.value)).containsExactly(100, i);
            }
            var progress = topology.output(PROGRESS).readValuesToList().getLast();
            assertThat(progress.getDone()).isEqualTo(20);
            assertThat(progress.getTotal()).isEqualTo(20);
            assertThat(progress.getMessage()).isEmpty();
        }
    }

    @Test
    void whatIsRefusedOrNotAnsweredInTimeStaysAndIsCounted() {
        // Given
        try (var topology = topology()) {
            for (int i = 1; i <= 3; i++) {
                topology.input(REQUESTS).pipeInput("i|treated|" + i, request(i, "shift"));
            }
            // When
            topology.input(ANSWERS).pipeInput("i|treated|1", new Answer(null, "too short"));
            topology.input(ANSWERS).pipeInput("i|treated|2", new Answer("w00002", null));
            passSeconds(topology, TIMEOUT + 2);
            topology.input(ANSWERS).pipeInput("i|treated|3", new Answer("w00009", null));
            passSeconds(topology, 2);
            // Then
            var plans = topology.output(PLANS).readValuesToList();
            assertThat(plans).hasSize(3);
            assertThat(plans).filteredOn(plan -> plan.getTokens().isPresent()).hasSize(1);
            var progress = topology.output(PROGRESS).readValuesToList().getLast();
            assertThat(progress.getDone()).isEqualTo(3);
            assertThat(progress.getMessage().orElseThrow())
                    .contains("2 documents stay")
                    .contains("1 refused")
                    .contains("1 without an answer");
        }
    }

    @Test
    void anAnswerOfAnotherLengthIsLeftWhereTheSpecWantsEqualOnes() {
        // Given
        try (var topology = topology()) {
            for (int i = 1; i <= 3; i++) {
                topology.input(REQUESTS).pipeInput("i|treated|" + i, request(i, "equal"));
            }
            // When
            topology.input(ANSWERS).pipeInput("i|treated|1", new Answer("w00001", null));
            topology.input(ANSWERS).pipeInput("i|treated|2", new Answer("w00007 w00008", null));
            topology.input(ANSWERS).pipeInput("i|treated|3", new Answer("w00001 w00003", null));
            // Then
            assertThat(topology.output(PLANS).readValuesToList())
                    .extracting(plan -> plan.getTokens().isPresent())
                    .containsExactly(false, true, false);
        }
    }

    @SeededTest(tries = 4)
    void chaoticRecordsBesideItChangeNoPlan(Random random) {
        // Given
        try (var topology = topology()) {
            for (int i = 0; i < 20; i++) {
                // When
                topology.disturb(random, 4, REQUESTS, ANSWERS);
                topology.input(REQUESTS).pipeInput("i|treated|" + i, request(i, "shift"));
                topology.input(ANSWERS).pipeInput("i|treated|" + i, new Answer("w00100", null));
            }
            topology.disturb(random, 50, REQUESTS, ANSWERS);
            passSeconds(topology, TIMEOUT + 2);
            // Then
            assertThat(topology.output(PLANS).readValuesToList())
                    .filteredOn(plan -> plan.getIntervention().equals("i"))
                    .hasSize(20)
                    .allSatisfy(plan -> assertThat(tokens(plan)).containsExactly(100));
        }
    }

    private TestingTopology topology() {
        return new TestingTopology(
                new AnsweringTopology(schemas, run -> TestingTokenizer.words(), 1).toTopology(),
                schemas,
                folder);
    }

    private static void passSeconds(TestingTopology topology, int seconds) {
        for (int i = 0; i < seconds; i++) {
            topology.passASecond();
        }
    }

    /** For a document of the words 1 and {@code i}. */
    private static Request request(int i, String lengths) {
        var document = new DocumentRef("d" + i, (long) i, 0, 0, 2);
        var plan =
                Plan.newBuilder()
                        .setIntervention("i")
                        .setRun("run")
                        .setArm("treated")
                        .setOperation(Operation.EXTERNAL)
                        .setTarget(document)
                        .setItems(List.of())
                        .setLengths(lengths)
                        .setTimeoutSeconds(TIMEOUT)
                        .build();
        return Request.newBuilder()
                .setIntervention("i")
                .setArm("treated")
                .setDocument(document)
                .setText("w00001 w%05d".formatted(i))
                .setPlan(plan)
                .setWidth(TokenWidth.U32)
                .setPartition(0)
                .build();
    }

    private static int[] tokens(Plan plan) {
        return PackedTokens.unpack(plan.getTokens().orElseThrow(), TokenWidth.U32);
    }
}
