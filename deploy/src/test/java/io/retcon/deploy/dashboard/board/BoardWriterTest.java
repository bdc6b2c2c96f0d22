package io.retcon.deploy.dashboard.board;

import static org.assertj.core.api.Assertions.assertThat;

import io.retcon.schemas.record.Intervention;
import io.retcon.schemas.record.ItemRef;
import io.retcon.schemas.record.LossPoint;
import io.retcon.schemas.record.Progress;
import io.retcon.schemas.record.Reject;
import io.retcon.schemas.record.Retraining;
import io.retcon.schemas.record.RetrainingId;
import io.retcon.schemas.record.RetrainingState;
import io.retcon.schemas.record.Selection;
import io.retcon.schemas.spec.InterventionSpec;
import io.retcon.schemas.spec.SpecReader;
import io.retcon.schemas.spec.SpecText;
import io.retcon.schemas.testing.SeededTest;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;

class BoardWriterTest {
    private static final Broker BROKER = new Broker.Answers(List.of("1 host:1"), Optional.empty());
    private static final InterventionSpec SPEC =
            new SpecReader()
                    .read(
                            """
                            name: n
                            run: r
                            select: { benchmark: b, rule: all }
                            window: { from: 100, to: 140 }
                            match: { matcher: cooccurrence }
                            operate: { operation: mask }
                            arms: [control, treated]
                            retrain: { replicates: 1 }
                            """);

    private final BoardWriter writer = new BoardWriter(Board.nothing());

    /** Topics are read side by side: what comes first is chance. */
    @SeededTest(tries = 100)
    void recordsMakeTheSameBoardInAnyOrder(Random random) {
        // Given
        var records = new ArrayList<Consumer<BoardWriter>>();
        for (var id : List.of("a", "b", "c")) {
            records.add(w -> w.intervention(intervention(id), Instant.ofEpochSecond(id.charAt(0))));
            records.add(w -> w.selection(selection(id)));
            records.add(w -> w.progress(progress(id, "match", 3, 10)));
            records.add(w -> w.progress(progress(id, "select", 1, 1)));
            records.add(w -> w.retraining(retraining(id, RetrainingState.PENDING)));
        }
        records.add(w -> w.reject(reject("b", "b is refused"), Instant.EPOCH));
        var shuffled = new ArrayList<>(records);
        Collections.shuffle(shuffled, random);
        // When
        records.forEach(record -> record.accept(writer));
        var other = new BoardWriter(Board.nothing());
        for (var record : shuffled) {
            record.accept(other);
            if (random.nextBoolean()) {
                other.board(BROKER);
            }
        }
        // Then
        assertThat(words(other.board(BROKER))).isEqualTo(words(writer.board(BROKER)));
    }

    @Test
    void whatIsWithdrawnIsNotShownUntilItComesAgain() {
        // Given
        writer.intervention(intervention("a"), Instant.EPOCH);
        writer.intervention(intervention("b"), Instant.EPOCH);
        writer.board(BROKER);
        // When
        writer.withdrawn("a");
        writer.withdrawn("unknown");
        // Then
        assertThat(writer.isDirty()).isTrue();
        assertThat(writer.board(BROKER).interventions()).containsOnlyKeys("b");
        // When
        writer.progress(progress("a", "match", 3, 10));
        // Then
        assertThat(writer.board(BROKER).interventions()).containsOnlyKeys("b");
        // When
        writer.intervention(intervention("a"), Instant.EPOCH);
        // Then
        assertThat(writer.board(BROKER).interventions()).containsOnlyKeys("a", "b");
    }

    private static List<String> words(Board board) {
        return board.interventions().values().stream()
                .map(
                        i ->
                                "%s %s %s %s %s"
                                        .formatted(
                                                i.id(),
                                                i.stage(),
                                                i.selection(),
                                                i.refusal(),
                                                i.retrainings()))
                .toList();
    }

    @Test
    void whatIsNewestComesFirstAndWhatDidNotChangeStaysAsOld() {
        // Given
        writer.intervention(intervention("a"), Instant.ofEpochSecond(1));
        writer.intervention(intervention("b"), Instant.ofEpochSecond(2));
        var before = writer.board(BROKER);
        // When
        writer.progress(progress("a", "match", 1, 2));
        var after = writer.board(BROKER);
        // Then
        assertThat(after.interventions().sequencedKeySet()).containsExactly("b", "a");
        assertThat(after.version()).isGreaterThan(before.version());
        assertThat(after.intervention("a").orElseThrow().changed()).isEqualTo(after.version());
        assertThat(after.intervention("b").orElseThrow().changed()).isEqualTo(before.version());
        assertThat(after.intervention("a").orElseThrow().born()).isEqualTo(before.version());
        assertThat(after.said().sentence()).isEqualTo("name-a: match");
        assertThat(writer.isDirty()).isFalse();
    }

    @Test
    void aStageThatGoesOnSettlesNothing() {
        // Given
        writer.intervention(intervention("a"), Instant.EPOCH);
        writer.progress(progress("a", "match", 1, 3));
        var settled = writer.board(BROKER).intervention("a").orElseThrow().settled();
        // When
        writer.progress(progress("a", "match", 2, 3));
        var going = writer.board(BROKER).intervention("a").orElseThrow();
        writer.progress(progress("a", "plan", 1, 3));
        var next = writer.board(BROKER).intervention("a").orElseThrow();
        // Then
        assertThat(going.settled()).isEqualTo(settled).isLessThan(going.changed());
        assertThat(next.settled()).isEqualTo(next.changed());
    }

    @Test
    void keepsTheLastRejectsAndCountsAll() {
        // When
        for (int i = 0; i < BoardWriter.MOST_REJECTS + 7; i++) {
            writer.reject(reject("none-" + i, "reason " + i), Instant.EPOCH);
        }
        var board = writer.board(BROKER);
        // Then
        assertThat(board.rejected()).isEqualTo(BoardWriter.MOST_REJECTS + 7);
        assertThat(board.rejects()).hasSize(BoardWriter.MOST_REJECTS);
        assertThat(board.rejects().getFirst().reject().getReason()).isEqualTo("reason 1006");
    }

    @Test
    void lossesAreThinnedAndBeginAnewWhereATrainingDoes() {
        // Given
        writer.intervention(intervention("a"), Instant.EPOCH);
        writer.retraining(retraining("a", RetrainingState.RUNNING));
        // When
        for (int step = 1; step <= 5_000; step++) {
            writer.progress(loss("a", step));
        }
        var many = losses(writer.board(BROKER));
        writer.progress(loss("a", 11));
        var resumed = losses(writer.board(BROKER));
        // Then
        assertThat(many).hasSizeBetween(200, 512);
        assertThat(many).extracting(LossPoint::getStep).isSorted().contains(100L, 5_099L);
        assertThat(resumed.getLast()).isEqualTo(new LossPoint(110L, 11.0));
    }

    @Test
    void whileItRetrainsItCountsEveryRetraining() {
        // Given
        writer.intervention(intervention("a"), Instant.EPOCH);
        writer.retraining(retraining("a", RetrainingState.RUNNING));
        writer.retraining(
                Retraining.newBuilder(retraining("a", RetrainingState.PENDING))
                        .setId(new RetrainingId("a", "treated", 0))
                        .build());
        // When
        writer.progress(loss("a", 10));
        writer.progress(progress("a", "effect", 0, 2));
        var stage = writer.board(BROKER).intervention("a").orElseThrow().stage();
        // Then
        assertThat(stage.name()).isEqualTo("retrain");
        assertThat(List.of(stage.done(), stage.total())).containsExactly(10L, 80L);
        // When
        writer.progress(progress("a", "effect", 2, 2));
        // Then
        assertThat(writer.board(BROKER).intervention("a").orElseThrow().stage().name())
                .isEqualTo("effect");
    }

    @Test
    void isFoundByItsNameItsIdAndAnIdsBeginningThatNoOtherHas() {
        // Given
        writer.intervention(intervention("abc"), Instant.EPOCH);
        writer.intervention(intervention("abd"), Instant.EPOCH);
        // When
        var board = writer.board(BROKER);
        // Then
        assertThat(board.find("abc")).isPresent();
        assertThat(board.find("name-abd").map(Watched::id)).hasValue("abd");
        assertThat(board.find("ab")).isEmpty();
    }

    private static List<LossPoint> losses(Board board) {
        var watched = board.intervention("a").orElseThrow();
        return watched.lossesOf(watched.retrainings().getFirst());
    }

    private static Intervention intervention(String id) {
        return new Intervention(id, "name-" + id, "spec");
    }

    private static Selection selection(String id) {
        return Selection.newBuilder()
                .setIntervention(id)
                .setSpec(new SpecText(SPEC).yaml())
                .setItems(List.of(new ItemRef("b", "i")))
                .setBenchmarkItems(Map.of("b", 1))
                .build();
    }

    private static Progress progress(String id, String stage, long done, long total) {
        return Progress.newBuilder()
                .setIntervention(id)
                .setStage(stage)
                .setDone(done)
                .setTotal(total)
                .setRate(1)
                .setUnit("units")
                .build();
    }

    private static Progress loss(String id, int done) {
        return Progress.newBuilder(progress(id, "retrain", done, 40))
                .setRetraining(new RetrainingId(id, "control", 0))
                .setLoss((double) done)
                .build();
    }

    private static Retraining retraining(String id, RetrainingState state) {
        return Retraining.newBuilder()
                .setId(new RetrainingId(id, "control", 0))
                .setRun(SPEC.run())
                .setWindow(SPEC.window())
                .setRetrain(SPEC.retrain())
                .setMetrics(SPEC.metrics())
                .setSeed(1)
                .setBenchmarks(List.of("b"))
                .setDocuments(0)
                .setTruncated(0)
                .setState(state)
                .setStepsDone(0)
                .build();
    }

    private static Reject reject(String key, String reason) {
        return Reject.newBuilder()
                .setTopic("t")
                .setPartition(0)
                .setOffset(0)
                .setKey(key)
                .setReason(reason)
                .build();
    }
}
