package io.retcon.streams.selection;

import static io.retcon.schemas.topic.TopicCatalogue.CHECKPOINTS;
import static io.retcon.schemas.topic.TopicCatalogue.INTERVENTIONS;
import static io.retcon.schemas.topic.TopicCatalogue.PROGRESS;
import static io.retcon.schemas.topic.TopicCatalogue.REJECTS;
import static io.retcon.schemas.topic.TopicCatalogue.SCORES;
import static io.retcon.schemas.topic.TopicCatalogue.SELECTIONS;

import static org.assertj.core.api.Assertions.assertThat;

import io.retcon.schemas.record.Checkpoint;
import io.retcon.schemas.record.ChoiceScore;
import io.retcon.schemas.record.Evaluation;
import io.retcon.schemas.record.Intervention;
import io.retcon.schemas.record.Score;
import io.retcon.schemas.record.Selection;
import io.retcon.schemas.serde.ContentAddressedSchemas;
import io.retcon.schemas.testing.SeededTest;
import io.retcon.schemas.topic.Keys;
import io.retcon.streams.state.TestingTopology;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

class ChaoticSelectionTest {
    private static final String SPEC =
            """
            name: n
            run: r
            select: { benchmark: b, rule: learned-at, step: 2, checkpoints: [0, 1, 2, 3] }
            window: { from: 1, to: 2 }
            match: { matcher: cooccurrence }
            operate: { operation: mask }
            """;

    @TempDir Path folder;
    private final ContentAddressedSchemas schemas = new ContentAddressedSchemas();

    @SeededTest(tries = 6)
    void chaoticRecordsBesideItChangeNoSelection(Random random) {
        // Given
        var selections = new ArrayList<List<Selection>>();
        for (int records : new int[] {0, 60}) {
            // When
            try (var topology = topology()) {
                topology.disturb(random, records, INTERVENTIONS, CHECKPOINTS, SCORES);
                publish(topology, "i", SPEC);
                topology.disturb(random, records, INTERVENTIONS, CHECKPOINTS, SCORES);
                score(topology);
                topology.disturb(random, records, INTERVENTIONS, CHECKPOINTS, SCORES);
                selections.add(topology.output(SELECTIONS).readValuesToList());
            }
        }
        // Then
        assertThat(selections.getFirst()).hasSize(1);
        assertThat(selections.getLast()).isEqualTo(selections.getFirst());
    }

    @Test
    void aTombstoneWithdrawsAnInterventionThatWaits() {
        // Given
        try (var topology = topology()) {
            publish(topology, "i", SPEC);
            publish(topology, "j", SPEC);
            // When
            topology.input(INTERVENTIONS).pipeInput("i", null);
            topology.input(CHECKPOINTS).pipeInput("r|7", null);
            score(topology);
            // Then
            assertThat(topology.output(SELECTIONS).readKeyValuesToMap()).containsOnlyKeys("j");
            assertThat(topology.output(PROGRESS).readKeyValuesToMap().get("i|select").getMessage())
                    .contains("withdrawn: its record was deleted");
            assertThat(topology.output(REJECTS).isEmpty()).isTrue();
        }
    }

    @Test
    void aTombstoneOnATopicThatKeepsAllRecordsIsRefused() {
        // Given
        try (var topology = topology()) {
            // When
            topology.input(SCORES).pipeInput("k", null);
            // Then
            assertThat(topology.output(REJECTS).readValue().getReason())
                    .contains("takes nothing back on retcon.scores");
        }
    }

    private TestingTopology topology() {
        return new TestingTopology(new SelectionTopology(schemas).toTopology(), schemas, folder);
    }

    private static void publish(TestingTopology topology, String id, String spec) {
        topology.input(INTERVENTIONS).pipeInput(id, new Intervention(id, "n", spec));
    }

    private static void score(TestingTopology topology) {
        var choices = List.of(new ChoiceScore(-1.0, 1, 1, null), new ChoiceScore(-2.0, 1, 1, null));
        for (long step = 0; step < 4; step++) {
            var evaluations = List.of(new Evaluation("b", 3, 0));
            topology.input(CHECKPOINTS)
                    .pipeInput(
                            Keys.join("r", step),
                            new Checkpoint("r", step, null, "x", "x", null, "e", 1, evaluations));
            for (int item = 0; item < 3; item++) {
                var right = Map.of("acc_raw", step >= 2 && item > 0);
                var name = Integer.toString(item);
                topology.input(SCORES)
                        .pipeInput(
                                "key",
                                new Score(
                                        "r", step, null, "b", name, choices, 0, right, 1.0, null,
                                        null));
            }
        }
    }
}
