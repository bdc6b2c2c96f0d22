package io.retcon.streams.planning;

import io.retcon.schemas.record.DocumentRef;
import io.retcon.schemas.record.Item;
import io.retcon.schemas.record.ItemRef;
import io.retcon.schemas.record.RunManifest;
import io.retcon.schemas.record.Selection;
import io.retcon.schemas.spec.Arm;
import io.retcon.schemas.spec.Bm25Spec;
import io.retcon.schemas.spec.CooccurrenceSpec;
import io.retcon.schemas.spec.DonorsSpec;
import io.retcon.schemas.spec.InterventionSpec;
import io.retcon.schemas.spec.MatcherSpec;
import io.retcon.schemas.spec.OperationSpec;
import io.retcon.schemas.spec.Shortage;
import io.retcon.schemas.spec.SpecText;
import io.retcon.schemas.spec.Specs;
import io.retcon.schemas.spec.SwapSpec;
import io.retcon.streams.walking.TestingHistory;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/** Plans by a seed and operations, over a run of sequences of 60 tokens. */
public record TestingPlanner(
        long seed, Map<ItemRef, Item> items, List<OperationSpec> operations, Integer documents) {
    static final DonorsSpec DONORS = DonorsSpec.of(3, 6);

    /** Items q0 to q4 of benchmark b. */
    static final List<ItemRef> SELECTED =
            IntStream.range(0, 5).mapToObj(i -> new ItemRef("b", "q" + i)).toList();

    TestingPlanner(long seed, Map<ItemRef, Item> items, List<OperationSpec> operations) {
        this(seed, items, operations, null);
    }

    /** The same of this many matched documents. */
    TestingPlanner taking(int most) {
        return new TestingPlanner(seed, items, operations, most);
    }

    public static TestingPlanner swap(long seed, Shortage shortage) {
        return new TestingPlanner(
                seed, Map.of(), List.of(new SwapSpec(DONORS, null, null, shortage)));
    }

    public PlannedArms plan(MatchedDocuments matched, List<Arm> arms) {
        var labels = arms.stream().map(Arm::label).toArray(String[]::new);
        var spec =
                InterventionSpec.newBuilder(Specs.of(TestingSelection.of("i", seed, labels)))
                        .setOperate(operations)
                        .setMatch(matcher())
                        .build();
        var manifest =
                (RunManifest)
                        TestingHistory.random(new Random(1), 1, 1, 60, 1).manifest().getAbout();
        var selection =
                Selection.newBuilder(TestingSelection.of("i", seed, labels))
                        .setSpec(new SpecText(spec).yaml())
                        .setItems(SELECTED)
                        .build();
        return new InterventionPlanner(selection, manifest, items, TestingTokenizer::words)
                .plan(matched);
    }

    private MatcherSpec matcher() {
        var most = Optional.ofNullable(documents);
        return pairsByScore()
                ? new Bm25Spec(null, Optional.empty(), Optional.empty(), null, null, null, most)
                : new CooccurrenceSpec(null, null, most);
    }

    private boolean pairsByScore() {
        return operations.stream()
                .anyMatch(of -> of instanceof SwapSpec swap && swap.pairsByScore());
    }

    /** Without donors that match. */
    static MatchedDocuments matched(
            List<Target> targets, List<DocumentRef> bystanders, List<DocumentRef> donors) {
        return new MatchedDocuments(targets, bystanders, donors, List.of(), Map.of());
    }
}
