package io.retcon.streams.planning;

import io.retcon.schemas.record.DocumentRef;
import io.retcon.schemas.record.Item;
import io.retcon.schemas.record.ItemRef;
import io.retcon.schemas.record.MatchSpec;
import io.retcon.schemas.record.OperateSpec;
import io.retcon.schemas.record.RunManifest;
import io.retcon.schemas.record.Selection;
import io.retcon.schemas.record.StepRange;
import io.retcon.schemas.spec.Arm;
import io.retcon.schemas.spec.InterventionSpec;
import io.retcon.schemas.spec.SpecText;
import io.retcon.schemas.spec.Specs;
import io.retcon.streams.walking.TestingHistory;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/** Plans by a seed and operations, over a run of sequences of 60 tokens. */
public record TestingPlanner(
        long seed, Map<ItemRef, Item> items, List<OperateSpec> operations, Integer documents) {
    /** Items q0 to q4 of benchmark b. */
    static final List<ItemRef> SELECTED =
            IntStream.range(0, 5).mapToObj(i -> new ItemRef("b", "q" + i)).toList();

    TestingPlanner(long seed, Map<ItemRef, Item> items, List<OperateSpec> operations) {
        this(seed, items, operations, null);
    }

    /** The same of this many matched documents. */
    TestingPlanner taking(int most) {
        return new TestingPlanner(seed, items, operations, most);
    }

    public static TestingPlanner swap(long seed, Shortage shortage) {
        return new TestingPlanner(
                seed,
                Map.of(),
                List.of(
                        taking("swap")
                                .setShortage(
                                        shortage.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                                .build()));
    }

    /** An operation that takes donors. */
    static OperateSpec.Builder taking(String operation) {
        return OperateSpec.newBuilder().setOperation(operation).setDonors(new StepRange(3L, 6L));
    }

    public PlannedArms plan(MatchedDocuments matched, List<Arm> arms) {
        var labels = arms.stream().map(Arm::label).toArray(String[]::new);
        var spec =
                InterventionSpec.newBuilder(Specs.of(TestingSelection.of("i", seed, labels)))
                        .setOperate(operations)
                        .setMatch(
                                MatchSpec.newBuilder()
                                        .setMatcher(pairsByScore() ? "bm25" : "cooccurrence")
                                        .setDocuments(documents)
                                        .build())
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

    private boolean pairsByScore() {
        return operations.stream().anyMatch(operation -> operation.getPair().equals("score"));
    }

    /** Without donors that match. */
    static MatchedDocuments matched(
            List<Target> targets, List<DocumentRef> bystanders, List<DocumentRef> donors) {
        return new MatchedDocuments(targets, bystanders, donors, List.of(), Map.of());
    }
}
