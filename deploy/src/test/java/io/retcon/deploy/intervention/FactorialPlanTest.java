package io.retcon.deploy.intervention;

import static org.assertj.core.api.Assertions.assertThat;

import io.retcon.schemas.record.DocumentRef;
import io.retcon.schemas.record.ItemRef;
import io.retcon.schemas.record.RunManifest;
import io.retcon.schemas.record.Selection;
import io.retcon.schemas.record.TokenWidth;
import io.retcon.schemas.spec.SpecReader;
import io.retcon.schemas.spec.SpecText;
import io.retcon.streams.planning.InterventionPlanner;
import io.retcon.streams.planning.MatchedDocuments;
import io.retcon.streams.planning.Target;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

class FactorialPlanTest {
    private static final ItemRef FIRST = new ItemRef("b", "i0");
    private static final ItemRef SECOND = new ItemRef("b", "i1");
    private static final String SPEC =
            """
            name: several
            run: r
            design: factorial
            select: { benchmark: b, rule: all }
            factors:
              - { name: first, select: { rule: list, items: [i0] } }
              - { name: second, select: { rule: list, items: [i1] } }
              - { name: third, select: { sample: 5 } }
            runs: RUNS
            window: { from: 0, to: 2 }
            match: { matcher: cooccurrence }
            operate: { operation: mask }
            """;

    @Test
    void thePlanSaysTheDesignWhatIsLeftOutAndWhatItSaves() {
        // When
        var plan = plan(8);
        // Then
        assertThat(plan.rows()).hasSize(8).startsWith("000");
        assertThat(plan.factors())
                .containsExactly(
                        new FactorialPlan.Factor("first", 1, 2),
                        new FactorialPlan.Factor("second", 1, 1),
                        new FactorialPlan.Factor("third", 0, 0));
        assertThat(plan.documentsContested()).isEqualTo(1);
        assertThat(plan.oneByOne()).isEqualTo(24);
        assertThat(plan.withSharedControl()).isEqualTo(16);
        assertThat(plan.text())
                .contains("3 factors in 8 rows; interactions of two factors stay apart")
                .contains("····++++  first: 1 items, 2 documents")
                .contains("leaves    1 documents that several factors claim")
                .contains("8 retrainings estimate each of 3 effects with a variance of 4σ²/8");
    }

    @Test
    void fewRunsAreSaidToMixInteractionsIn() {
        assertThat(plan(4).text())
                .contains("cannot be told from the factors' effects: take 8 runs");
    }

    private static FactorialPlan plan(int runs) {
        var spec = new SpecReader().read(SPEC.replace("RUNS", Integer.toString(runs)));
        var selection =
                Selection.newBuilder()
                        .setIntervention("i")
                        .setSpec(new SpecText(spec).yaml())
                        .setItems(List.of(FIRST, SECOND))
                        .setBenchmarkItems(Map.of("b", 2))
                        .setFactors(Map.of("b|i0", 0, "b|i1", 1))
                        .build();
        var matched =
                new MatchedDocuments(
                        List.of(
                                new Target(document(0), List.of(FIRST)),
                                new Target(document(1), List.of(SECOND)),
                                new Target(document(2), List.of(FIRST, SECOND)),
                                new Target(document(3), List.of(FIRST))),
                        List.of(),
                        List.of(),
                        List.of(),
                        Map.of());
        var manifest =
                RunManifest.newBuilder()
                        .setSequencesPerStep(4)
                        .setTokensPerSequence(8)
                        .setPartitions(1)
                        .setVocabulary(10)
                        .setWidth(TokenWidth.U16)
                        .setEos(0)
                        .setSteps(2)
                        .build();
        var planned =
                new InterventionPlanner(
                                selection,
                                manifest,
                                Map.of(),
                                () -> {
                                    throw new AssertionError("no text is encoded");
                                })
                        .plan(matched);
        return FactorialPlan.of(selection, matched, planned);
    }

    private static DocumentRef document(int sequence) {
        return new DocumentRef("d" + sequence, 0L, sequence, 0, 5);
    }
}
