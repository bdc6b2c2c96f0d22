package io.retcon.deploy.bench.retrainings;

import static org.assertj.core.api.Assertions.assertThat;

import io.retcon.deploy.bench.ScratchStack;
import io.retcon.deploy.cli.ProgressLine;
import io.retcon.deploy.component.Stages;
import io.retcon.deploy.demo.World;
import io.retcon.deploy.demo.WorldSize;
import io.retcon.retrainer.evaluation.ItemScore;
import io.retcon.schemas.record.ChoiceScore;
import io.retcon.schemas.record.ItemRef;
import io.retcon.schemas.record.Score;
import io.retcon.schemas.topic.Cluster;
import io.retcon.schemas.topic.TopicCatalogue;
import io.retcon.schemas.topic.TopicTable;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A small world's bank of few retrainings, beside what the stack's own retrainer made. */
class RetrainingsBenchCommandIT {
    private static final WorldSize SIZE = new WorldSize(4, 4, 4, 40, 4, 48, 30, 2, 1, 1, 2);
    private static final List<String> ARMS = List.of("control", "treated");

    @TempDir static Path scratch;
    private static final ProgressLine LINE = ProgressLine.onStandardError();
    private static DemoArms demo;
    private static Map<String, Map<ItemRef, List<ChoiceScore>>> published;

    @BeforeAll
    static void makeTheArms() {
        try (var stack = ScratchStack.start(LINE)) {
            demo =
                    stack.unlessAComponentDies(
                            () ->
                                    DemoArms.of(
                                            stack,
                                            World.of(SIZE, 1),
                                            RetrainingsBenchCommandIT::ofAllItems,
                                            scratch,
                                            LINE));
            published = published(stack.cluster());
        }
    }

    /** So small a world teaches nothing by which items could be chosen. */
    private static String ofAllItems(String spec) {
        return spec.replaceFirst("select: .*", "select: { benchmark: world/born-in, rule: all }")
                .replaceFirst("donors: ", "shortage: leave, donors: ");
    }

    @AfterAll
    static void endTheLine() {
        LINE.close();
    }

    private static Map<String, Map<ItemRef, List<ChoiceScore>>> published(Cluster cluster) {
        var scores = new HashMap<String, Map<ItemRef, List<ChoiceScore>>>();
        TopicTable.scan(
                cluster,
                TopicCatalogue.SCORES,
                (_, score) ->
                        score.getRetraining()
                                .ifPresent(
                                        id ->
                                                scores.computeIfAbsent(
                                                                id.getArm(), _ -> new HashMap<>())
                                                        .put(item(score), score.getChoices())));
        return scores;
    }

    private static ItemRef item(Score score) {
        return new ItemRef(score.getBenchmark(), score.getItem());
    }

    @Test
    void aReplicateIsTheStacksOwnBitForBit() {
        // Given
        assertThat(demo.selected()).isNotEmpty();
        for (var arm : demo.spec().arms()) {
            // When
            List<ItemScore> scores;
            try (var trainer = new ReplicateTrainer(demo, Stages.RETRAINER_THREADS)) {
                scores = trainer.scores(arm, 0);
            }
            // Then
            assertThat(
                            scores.stream()
                                    .collect(
                                            Collectors.toMap(
                                                    score ->
                                                            new ItemRef(
                                                                    score.item().getBenchmark(),
                                                                    score.item().getId()),
                                                    ItemScore::choices)))
                    .as(arm)
                    .isEqualTo(published.get(arm));
        }
    }

    @Test
    void aStoppedBankGoesOnAndIsThatOfTheUndisturbed(@TempDir Path folder) throws IOException {
        // Given
        var origin = BankOrigin.of("small", demo, BankWork.THREADS);
        var whole = new BankFile(folder.resolve("whole.jsonl"));
        new BankWork(demo, whole, 1, LINE).run(origin, ARMS, 2);
        var path = folder.resolve("stopped.jsonl");
        var stopped = new BankFile(path);
        new BankWork(demo, stopped, 2, LINE).run(origin, List.of("treated"), 1);
        Files.writeString(path, "{\"arm\":\"control\",\"rep", StandardOpenOption.APPEND);
        // When
        new BankWork(demo, stopped, 2, LINE).run(origin, ARMS, 2);
        // Then
        assertThat(stopped.read()).isEqualTo(whole.read());
        assertThat(whole.read().replicates()).hasSize(4).doesNotHaveDuplicates();
        assertThat(whole.read().of("control").getFirst().margin())
                .isNotEqualTo(whole.read().of("control").getLast().margin());
    }
}
