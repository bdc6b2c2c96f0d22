package io.retcon.deploy.intervention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.retcon.schemas.record.ItemRef;
import io.retcon.schemas.record.RetrainingId;
import io.retcon.schemas.record.Score;
import io.retcon.schemas.spec.InterventionSpec;
import io.retcon.schemas.spec.SpecReader;
import io.retcon.schemas.spec.Specs;
import io.retcon.streams.statistics.RetrainingNoise;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

class PastScoresTest {
    private static final int ITEMS = 300;
    private final InterventionSpec spec =
            new SpecReader()
                    .read(
                            """
                            name: n
                            run: r
                            select: { benchmark: b/, rule: learnable, subset: [p36], checkpoints: [0, 1, 2, 3, 4, 5] }
                            window: { from: 0, to: 2 }
                            match: { matcher: cooccurrence }
                            operate: { operation: mask }
                            measure: { metrics: [margin, acc_raw], detect: 0.4 }
                            """);

    @Test
    void thePlanSelectsByTheSubsetAndTheCheckpointAtWhichMostWereLearned() {
        // Given
        var scores = new ArrayList<Score>();
        for (int item = 0; item < 12; item++) {
            for (int step = 0; step < 6; step++) {
                scores.add(
                        Score.newBuilder(score(item, step, step >= 1 + item % 3 ? 1 : -1))
                                .setRelation(item < 9 ? "p36" : "p17")
                                .build());
            }
        }
        // When
        var selection = PastScores.of(spec, scores).selection("i");
        // Then: three of nine at each of 1, 2 and 3
        assertThat(Specs.of(selection).select().getStep()).contains(1L);
        assertThat(selection.getItems())
                .containsExactly(
                        new ItemRef("b/x", "q0"),
                        new ItemRef("b/x", "q3"),
                        new ItemRef("b/x", "q6"));
        assertThat(selection.getBenchmarkItems()).containsExactly(Map.entry("b/x", 12));
    }

    @Test
    void checkpointsSayWhatADesignDetectsAndEarlierRetrainingsSayItBetter() {
        // Given
        var random = new Random(1);
        var scores = new ArrayList<Score>();
        for (int item = 0; item < ITEMS; item++) {
            for (int step = 0; step < 6; step++) {
                scores.add(score(item, step, random.nextGaussian()));
            }
        }
        var ofRun = PastScores.of(spec, scores);
        for (int replicate = 0; replicate < 3; replicate++) {
            for (int item = 0; item < ITEMS; item++) {
                scores.add(
                        Score.newBuilder(score(item, 2, 2 * random.nextGaussian()))
                                .setRetraining(new RetrainingId("i", "control", replicate))
                                .build());
            }
        }
        // When
        var plain = Detectable.of(spec, ofRun, ITEMS);
        var known = PastScores.of(spec, scores).noise("margin").orElseThrow();
        // Then
        assertThat(plain).extracting(Detectable::metric).containsExactly("margin", "acc_raw");
        assertThat(plain.getFirst().replicates()).isNotNull().isGreaterThan(1);
        assertThat(plain.getLast().detect()).isNull();
        assertThat(plain.getFirst().text(3))
                .contains("6 checkpoints of the run", "replicates find 0.4");
        assertThat(known.rest()).isCloseTo(8, within(1.5));
        assertThat(known.source()).isEqualTo("3 earlier retrainings of the run");
    }

    @Test
    void aRunThatWasScoredOnceSaysNothing() {
        // When
        var past = PastScores.of(spec, List.of(score(0, 0, 1)));
        // Then
        assertThat(past.noise("margin").map(RetrainingNoise::rest)).isEmpty();
        assertThat(Detectable.of(spec, past, 1)).isEmpty();
        assertThat(past.selection("i").getItems()).isEmpty();
    }

    private static Score score(int item, long step, double margin) {
        return Score.newBuilder()
                .setRun("r")
                .setStep(step)
                .setBenchmark("b/x")
                .setItem("q" + item)
                .setChoices(List.of())
                .setGold(0)
                .setCorrect(Map.of("acc_raw", margin > 0))
                .setMargin(margin)
                .build();
    }
}
