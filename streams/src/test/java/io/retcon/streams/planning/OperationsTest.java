package io.retcon.streams.planning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.record.DocumentRef;
import io.retcon.schemas.record.DocumentSpan;
import io.retcon.schemas.record.Item;
import io.retcon.schemas.record.ItemRef;
import io.retcon.schemas.record.MaskedSpan;
import io.retcon.schemas.record.Replacement;
import io.retcon.schemas.record.Rewrite;
import io.retcon.schemas.record.Truncation;
import io.retcon.schemas.spec.Arm;
import io.retcon.schemas.spec.DropSpec;
import io.retcon.schemas.spec.DuplicateSpec;
import io.retcon.schemas.spec.InsertSpec;
import io.retcon.schemas.spec.MaskSpec;
import io.retcon.schemas.spec.OperationSpec;
import io.retcon.schemas.spec.ReorderSpec;
import io.retcon.schemas.spec.Shortage;
import io.retcon.schemas.spec.SubstituteSpec;
import io.retcon.schemas.spec.SwapSpec;
import io.retcon.schemas.testing.SeededTest;
import io.retcon.streams.walking.TestingHistory;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Every operation, from the spec to the rewritten sequences. */
class OperationsTest {
    private static final int T = 60;
    private static final List<Arm> ARMS =
            List.of(Arm.CONTROL, Arm.TREATED, Arm.PLACEBO, Arm.dose(0.25), Arm.dose(0.5));

    @SeededTest(tries = 150)
    void everyTokenIsUntouchedReplacedOrListed(Random random) {
        // Given
        var history = TestingHistory.random(random, 6, 4, T, 1 + random.nextInt(8));
        var matched = matched(random, history);
        var planner = new TestingPlanner(random.nextLong(), items(), operations(random));
        // When
        var planned = planner.plan(matched, ARMS);
        // Then
        for (var arm : planned.arms()) {
            var rewrites = TestingRewrites.of(history, arm);
            assertThat(arm.arm().equals(Arm.CONTROL) && !rewrites.isEmpty()).isFalse();
            rewrites.forEach(rewrite -> assertConserved(history, rewrite));
        }
    }

    private static final int OTHERS = 5;

    /**
     * Every token but EOS is unlike every other, so each one can be followed: it stands where it
     * stood relative to its document, or its document is in the lineage or among the truncated.
     */
    private static void assertConserved(TestingHistory history, Rewrite rewrite) {
        int[] before =
                TestingHistory.tokens(
                        history.sequence(
                                rewrite.getStep().orElseThrow(),
                                rewrite.getSequence().orElseThrow()));
        int[] after = TestingRewrites.tokens(rewrite);
        assertThat(after).hasSize(T);
        var changed =
                rewrite.getLineage().stream()
                        .filter(change -> change.getDocument().getLength() > 0)
                        .collect(
                                Collectors.toMap(
                                        change -> change.getDocument().getStart(), c -> c));
        var cut =
                rewrite.getTruncated().stream()
                        .collect(
                                Collectors.toMap(
                                        Truncation::getDocument,
                                        Truncation::getTokens,
                                        Integer::sum));
        Set<Integer> there = Arrays.stream(after).boxed().collect(Collectors.toSet());
        var sequence =
                history.sequence(
                        rewrite.getStep().orElseThrow(), rewrite.getSequence().orElseThrow());
        for (var span : sequence.getDocuments()) {
            var tokens =
                    Arrays.copyOfRange(before, span.getStart(), span.getStart() + span.getLength());
            var change = changed.get(span.getStart());
            if (change == null || change.getMasked() && change.getDonor().isEmpty()) {
                long lost = Arrays.stream(tokens).filter(t -> !there.contains(t)).count();
                boolean reworded = change != null && !change.getSubstitutions().isEmpty();
                assertThat(reworded || lost <= cut.getOrDefault(span.getId(), 0)).isTrue();
            }
        }
        for (var change : rewrite.getLineage()) {
            assertStandsThere(history, change, after);
        }
        assertThat(rewrite.getDocuments())
                .extracting(DocumentSpan::getStart)
                .isSorted()
                .doesNotHaveDuplicates();
        assertThat(rewrite.getMasked())
                .allMatch(span -> span.getStart() + span.getLength() <= T)
                .extracting(MaskedSpan::getStart)
                .isSorted();
    }

    /** What the lineage says stands there does, up to where the sequence is cut. */
    private static void assertStandsThere(TestingHistory history, Replacement change, int[] after) {
        boolean fromHistory =
                change.getDonor().filter(donor -> donor.getStep() >= 0).isPresent()
                        && change.getSubstitutions().isEmpty();
        if (fromHistory) {
            var donor = history.tokens(change.getDonor().orElseThrow());
            assertThat(
                            Arrays.copyOfRange(
                                    after,
                                    change.getStart(),
                                    change.getStart() + change.getLength()))
                    .isEqualTo(Arrays.copyOf(donor, change.getLength()));
        }
    }

    @SeededTest(tries = 60)
    void arrivalOrderChangesNothing(Random random) {
        // Given
        var history = TestingHistory.random(random, 6, 4, T, 1);
        var matched = matched(random, history);
        var shuffled =
                new MatchedDocuments(
                        shuffled(matched.targets(), random),
                        shuffled(matched.bystanders(), random),
                        shuffled(matched.donors(), random),
                        shuffled(matched.matchingDonors(), random),
                        Map.of(),
                        Map.of(),
                        matched.others());
        var planner = new TestingPlanner(random.nextLong(), items(), operations(random));
        // When
        var planned = planner.plan(shuffled, ARMS);
        // Then
        assertThat(planned).isEqualTo(planner.plan(matched, ARMS));
    }

    @SeededTest(tries = 60)
    void aLargerDoseDoesWhatASmallerOneDoesAndMore(Random random) {
        // Given
        var history = TestingHistory.random(random, 6, 4, T, 1);
        var matched = matched(random, history);
        var operations =
                List.<OperationSpec>of(
                        new SwapSpec(TestingPlanner.DONORS, null, null, Shortage.LEAVE),
                        new DuplicateSpec(2, null),
                        new MaskSpec());
        // When
        var arms =
                new TestingPlanner(random.nextLong(), Map.of(), operations)
                        .plan(matched, ARMS)
                        .arms();
        // Then
        var quarter = lines(arms.get(3));
        var half = lines(arms.get(4));
        assertThat(half).containsAll(quarter);
        assertThat(lines(arms.get(1))).containsAll(half);
        assertThat(arms.get(3).ofDocuments())
                .hasSize((int) Math.round(0.25 * matched.targets().size()));
    }

    /** Without the places of insertions, which others may come before. */
    private static Set<String> lines(ArmPlan plan) {
        return plan.changes().stream()
                .map(
                        change ->
                                change.content()
                                        + "|"
                                        + change.target()
                                        + "|"
                                        + change.masked()
                                        + change.operation())
                .collect(Collectors.toSet());
    }

    @SeededTest(tries = 60)
    void dropsCloseUpAndAreFilledByDonorsInTheirOrder(Random random) {
        // Given
        var history = TestingHistory.random(random, 6, 4, T, 1);
        var matched = matched(random, history);
        var planner =
                new TestingPlanner(1, Map.of(), List.of(new DropSpec(TestingPlanner.DONORS, null)));
        // When
        var treated = planner.plan(matched, List.of(Arm.TREATED)).arms().getFirst();
        // Then
        var gone = new HashSet<Integer>();
        matched.targets()
                .forEach(t -> Arrays.stream(history.tokens(t.document())).forEach(gone::add));
        var rewrites = TestingRewrites.of(history, treated);
        for (var rewrite : rewrites) {
            int[] after = TestingRewrites.tokens(rewrite);
            assertThat(Arrays.stream(after).noneMatch(gone::contains)).isTrue();
            assertThat(rewrite.getMasked()).isEmpty();
        }
        var fillers =
                treated.changes().stream()
                        .filter(Change::isInsertion)
                        .map(change -> ((Content.Copied) change.content()).document())
                        .toList();
        assertThat(fillers).isEqualTo(matched.donors().subList(0, fillers.size()));
    }

    @SeededTest(tries = 60)
    void masksChangeNoToken(Random random) {
        // Given
        var history = TestingHistory.random(random, 6, 4, T, 1);
        var matched = matched(random, history);
        var planner = new TestingPlanner(1, Map.of(), List.of(new MaskSpec()));
        // When
        var treated = planner.plan(matched, List.of(Arm.TREATED)).arms().getFirst();
        // Then
        int masked = 0;
        for (var rewrite : TestingRewrites.of(history, treated)) {
            var sequence =
                    history.sequence(
                            rewrite.getStep().orElseThrow(), rewrite.getSequence().orElseThrow());
            assertThat(rewrite.getTokens()).isEqualTo(sequence.getTokens());
            assertThat(rewrite.getDocuments()).isEqualTo(sequence.getDocuments());
            masked += rewrite.getMasked().stream().mapToInt(MaskedSpan::getLength).sum();
        }
        assertThat(masked).isEqualTo(matched.targets().stream().mapToInt(Target::tokens).sum());
    }

    @SeededTest(tries = 60)
    void reorderingKeepsEveryDocumentWhole(Random random) {
        // Given
        var history = TestingHistory.random(random, 6, 4, T, 1);
        var matched = matched(random, history);
        var planner = new TestingPlanner(random.nextLong(), Map.of(), List.of(new ReorderSpec()));
        // When
        var treated = planner.plan(matched, List.of(Arm.TREATED)).arms().getFirst();
        // Then
        var rewrites = TestingRewrites.of(history, treated);
        var before = new TreeMap<Integer, Integer>();
        var after = new TreeMap<Integer, Integer>();
        for (var rewrite : rewrites) {
            var sequence =
                    history.sequence(
                            rewrite.getStep().orElseThrow(), rewrite.getSequence().orElseThrow());
            count(TestingHistory.tokens(sequence), before);
            count(TestingRewrites.tokens(rewrite), after);
            assertThat(rewrite.getTruncated()).isEmpty();
        }
        assertThat(after).isEqualTo(before);
    }

    private static void count(int[] tokens, Map<Integer, Integer> counts) {
        Arrays.stream(tokens).forEach(token -> counts.merge(token, 1, Integer::sum));
    }

    @Test
    void objectsBecomeTheItemsOwnWrongChoices() {
        // Given
        var history = TestingHistory.random(new Random(3), 6, 4, T, 1);
        var document = longest(history.documents(0, 3));
        int[] tokens = history.tokens(document);
        var item = new ItemRef("b", "q");
        var question =
                new Item(
                        "b",
                        "q",
                        "?",
                        List.of(" " + TestingTokenizer.word(tokens[1]), " w19999"),
                        0,
                        null,
                        null,
                        null,
                        null);
        var matched =
                TestingPlanner.matched(
                        List.of(new Target(document, List.of(item))), List.of(), List.of());
        var planner =
                new TestingPlanner(
                        4,
                        Map.of(item, question),
                        List.of(new SubstituteSpec(null, "choices", null, null)));
        // When
        var treated = planner.plan(matched, List.of(Arm.TREATED)).arms().getFirst();
        // Then
        var rewrite = TestingRewrites.of(history, treated).getFirst();
        int[] after = TestingRewrites.tokens(rewrite);
        int[] expected = tokens.clone();
        expected[1] = 19_999;
        int at = document.getStart();
        assertThat(Arrays.copyOfRange(after, at, at + tokens.length)).isEqualTo(expected);
        assertThat(rewrite.getTruncated()).isEmpty();
    }

    /** Of fault: a placebo's function words became the names of towns. */
    @SeededTest(tries = 20)
    void aPlaceboOfReplacedFactsReplacesFactsOfOtherItems(Random random) {
        // Given
        var history = TestingHistory.random(random, 6, 4, T, 1);
        var matched = matched(random, history);
        var items = items();
        var planner =
                new TestingPlanner(
                        random.nextLong(),
                        items,
                        List.of(new SubstituteSpec(null, "choices", null, null)));
        // When
        var placebo = planner.plan(matched, List.of(Arm.PLACEBO)).arms().getFirst();
        // Then
        for (var change : placebo.changes()) {
            var other = matched.others().get(change.target().document()).getFirst();
            var choices = items.get(other).getChoices().stream().map(String::strip).toList();
            assertThat(change.substitutions()).hasSize(1);
            assertThat(change.substitutions().getFirst().getFind()).contains(choices.getFirst());
            assertThat(choices.subList(1, choices.size()))
                    .contains(change.substitutions().getFirst().getBy());
        }
        assertThat(placebo.changes()).hasSameSizeAs(matched.targets());
    }

    @Test
    void aPlaceboOfReplacedFactsNeedsDocumentsOfOtherItems() {
        // Given
        var target = new Target(new DocumentRef("t", 0L, 0, 0, 3), List.of(new ItemRef("b", "q0")));
        var matched =
                TestingPlanner.matched(
                        List.of(target), List.of(new DocumentRef("d", 0L, 1, 0, 3)), List.of());
        var planner =
                new TestingPlanner(
                        1, items(), List.of(new SubstituteSpec(null, "choices", null, null)));
        // When, Then
        assertThatThrownBy(() -> planner.plan(matched, List.of(Arm.PLACEBO)))
                .isInstanceOf(RefusedInput.class)
                .hasMessage(
                        "the placebo needs 1 documents that match no selected item and another one"
                                + " of the benchmark, but the window has 0: leave the placebo out"
                                + " of 'arms' or select fewer items");
    }

    @Test
    void lengthsAreReconciledAsTheSpecSays() {
        // Given
        var history = TestingHistory.random(new Random(3), 6, 4, T, 1);
        var document = longest(history.documents(0, 3));
        int[] tokens = history.tokens(document);
        var longer =
                new SubstituteSpec.Replacement(
                        TestingTokenizer.word(tokens[0]), "w00001 w00002 w00003");
        var shorter =
                new SubstituteSpec.Replacement(
                        TestingTokenizer.word(tokens[0]) + " " + TestingTokenizer.word(tokens[1]),
                        "w00009");
        var matched =
                TestingPlanner.matched(
                        List.of(new Target(document, List.of())), List.of(), List.of());
        // When
        var rewrites = new HashMap<String, List<Rewrite>>();
        for (var lengths : List.of("shift", "cut", "equal")) {
            for (var substitution : List.of(longer, shorter)) {
                var operation = new SubstituteSpec(List.of(substitution), null, null, lengths);
                var plan =
                        new TestingPlanner(1, Map.of(), List.of(operation))
                                .plan(matched, List.of(Arm.TREATED));
                rewrites.put(
                        lengths + (substitution == longer ? "+" : "-"),
                        TestingRewrites.of(history, plan.arms().getFirst()));
            }
        }
        // Then
        assertThat(rewrites.get("equal+")).isEmpty();
        assertThat(rewrites.get("equal-")).isEmpty();
        assertThat(rewrites.get("shift+").getFirst().getTruncated())
                .extracting(Truncation::getTokens)
                .satisfies(cut -> assertThat(sum(cut)).isEqualTo(2));
        assertThat(rewrites.get("shift-").getFirst().getMasked())
                .containsExactly(new MaskedSpan(T - 1, 1));
        assertThat(rewrites.get("cut+").getFirst().getTruncated())
                .containsExactly(new Truncation(document.getId(), 2));
        assertThat(rewrites.get("cut-").getFirst().getMasked())
                .containsExactly(new MaskedSpan(document.getStart() + document.getLength() - 1, 1));
    }

    private static int sum(List<? extends Integer> numbers) {
        return numbers.stream().mapToInt(Integer::intValue).sum();
    }

    @Test
    void aSubstitutionThatChangesNothingLeavesTheDocument() {
        // Given
        var history = TestingHistory.random(new Random(3), 6, 4, T, 1);
        var matched =
                TestingPlanner.matched(
                        List.of(new Target(longest(history.documents(0, 3)), List.of())),
                        List.of(),
                        List.of());
        var operation =
                new SubstituteSpec(
                        List.of(new SubstituteSpec.Replacement("not there", "x")),
                        null,
                        null,
                        null);
        // When
        var plan =
                new TestingPlanner(1, Map.of(), List.of(operation))
                        .plan(matched, List.of(Arm.TREATED));
        // Then
        assertThat(TestingRewrites.of(history, plan.arms().getFirst())).isEmpty();
    }

    @Test
    void insertionsComeBeforeTheDocumentsOfTheirPlaces() {
        // Given
        var history = TestingHistory.random(new Random(3), 6, 4, T, 1);
        var before = history.documents(0, 3).stream().filter(d -> d.getLength() > 2).toList();
        var place = before.get(3);
        var matched = TestingPlanner.matched(List.of(), before, List.of());
        var operation =
                new InsertSpec(
                        List.of(new InsertSpec.Text("new", "w19990 w19991")),
                        null,
                        null,
                        List.of(
                                new InsertSpec.Place(
                                        place.getStep(), place.getSequence(), place.getStart())));
        // When
        var plan =
                new TestingPlanner(1, Map.of(), List.of(operation))
                        .plan(matched, List.of(Arm.TREATED, Arm.PLACEBO));
        // Then
        var rewrite = TestingRewrites.of(history, plan.arms().getFirst()).getFirst();
        int at = place.getStart();
        int[] after = TestingRewrites.tokens(rewrite);
        assertThat(Arrays.copyOfRange(after, at, at + 3)).containsExactly(19_990, 19_991, 0);
        assertThat(after[at + 3]).isEqualTo(history.tokens(place)[0]);
        var placebo = plan.arms().getLast().changes().getFirst();
        assertThat(((Content.Copied) placebo.content()).document()).isIn(before);
        assertThat(placebo.target().document().getStart()).isEqualTo(at);
    }

    @Test
    void anInsertThatIsLongerThanASequenceIsRefused() {
        // Given
        var matched =
                TestingPlanner.matched(
                        List.of(), List.of(new DocumentRef("d", 0L, 0, 0, 5)), List.of());
        var text = IntStream.range(0, 61).mapToObj(i -> "w00001").collect(Collectors.joining(" "));
        var operation =
                new InsertSpec(List.of(new InsertSpec.Text("huge", text)), null, null, null);
        // When / Then
        assertThatThrownBy(
                        () ->
                                new TestingPlanner(1, Map.of(), List.of(operation))
                                        .plan(matched, List.of(Arm.TREATED)))
                .isInstanceOf(RefusedInput.class)
                .hasMessageContaining("'huge'")
                .hasMessageContaining("61 tokens");
    }

    @SeededTest(tries = 40)
    void promotionPutsEveryMatchingDonorInAPlaceThatIsNoLonger(Random random) {
        // Given
        var history = TestingHistory.random(random, 6, 4, T, 1);
        var all = matched(random, history);
        var operation = new SwapSpec(TestingPlanner.DONORS, "matching", null, Shortage.LEAVE);
        // When
        var arms =
                new TestingPlanner(random.nextLong(), Map.of(), List.of(operation))
                        .plan(all, List.of(Arm.TREATED, Arm.PLACEBO))
                        .arms();
        // Then
        var treated = arms.getFirst().changes();
        var matching = all.matchingDonors().stream().map(Target::document).toList();
        assertThat(treated).isNotEmpty();
        assertThat(treated).extracting(OperationsTest::donor).isSubsetOf(matching);
        assertThat(treated).extracting(OperationsTest::donor).doesNotHaveDuplicates();
        assertThat(treated).allMatch(change -> change.growth() >= 0);
        assertThat(treated)
                .extracting(change -> change.target().document())
                .isSubsetOf(all.bystanders());
        var placebo = arms.getLast().changes();
        assertThat(placebo)
                .extracting(change -> change.target().document())
                .isEqualTo(treated.stream().map(change -> change.target().document()).toList());
        assertThat(placebo).extracting(OperationsTest::donor).isSubsetOf(all.donors());
    }

    @SeededTest(tries = 40)
    void asFewOfTheMostFrequentItemsAsItTakesAreLeftOut(Random random) {
        // Given
        var history = TestingHistory.random(random, 6, 4, T, 1);
        var all = matched(random, history);
        int some = random.nextInt(all.donors().size());
        var scarce =
                new MatchedDocuments(
                        all.targets(),
                        all.bystanders(),
                        all.donors().subList(0, some),
                        List.of(),
                        Map.of());
        var planner = TestingPlanner.swap(random.nextLong(), Shortage.DROP_ITEMS);
        // When
        var planned = planner.plan(scarce, List.of(Arm.TREATED));
        // Then
        var dropped = planned.droppedItems();
        assertThat(planned.arms().getFirst().changes())
                .extracting(change -> change.target().document())
                .isEqualTo(
                        scarce.without(Set.copyOf(dropped)).targets().stream()
                                .map(Target::document)
                                .toList());
        if (!dropped.isEmpty()) {
            var oneFewer = Set.copyOf(dropped.subList(0, dropped.size() - 1));
            var failing = TestingPlanner.swap(planner.seed(), Shortage.FAIL);
            assertThatThrownBy(() -> failing.plan(scarce.without(oneFewer), List.of(Arm.TREATED)))
                    .isInstanceOf(RefusedInput.class);
        }
    }

    @SeededTest(tries = 40)
    void aPlaceboLiesWhereTheTreatedDocumentsLie(Random random) {
        // Given
        var bystanders = new ArrayList<DocumentRef>();
        var targets = new ArrayList<Target>();
        for (int step = 0; step < 100; step++) {
            for (int i = 0; i < 20; i++) {
                var document = new DocumentRef("d", (long) step, i, 0, 5 + random.nextInt(3));
                if (step >= 60 && step < 80 && i < 3) {
                    targets.add(new Target(document, List.of()));
                } else {
                    bystanders.add(document);
                }
            }
        }
        var planner = new TestingPlanner(random.nextLong(), Map.of(), List.of(new MaskSpec()));
        // When
        var planned =
                planner.plan(
                        TestingPlanner.matched(targets, bystanders, List.of()),
                        List.of(Arm.TREATED, Arm.PLACEBO));
        // Then
        var summary = PlanSummary.of(planned);
        assertThat(summary.placeboImbalance()).isZero();
        assertThat(summary.placeboDistance()).isLessThan(0.25);
    }

    @SeededTest(tries = 60)
    void pairingByScoreTakesTheLowestOfTheChosenLength(Random random) {
        // Given
        var history = TestingHistory.random(random, 6, 4, T, 1);
        var all = matched(random, history);
        var scores = new HashMap<DocumentRef, List<Double>>();
        for (var donor : all.donors()) {
            scores.put(
                    donor,
                    IntStream.range(0, 5).mapToObj(i -> (double) random.nextInt(4)).toList());
        }
        var scored =
                new MatchedDocuments(
                        all.targets(), all.bystanders(), all.donors(), List.of(), scores);
        var operation = new SwapSpec(TestingPlanner.DONORS, null, "score", null);
        // When
        var treated =
                new TestingPlanner(random.nextLong(), Map.of(), List.of(operation))
                        .plan(scored, List.of(Arm.TREATED))
                        .arms()
                        .getFirst();
        // Then
        var left = new HashSet<>(scored.donors());
        for (var change : treated.changes()) {
            var donor = donor(change);
            int length =
                    left.stream()
                            .mapToInt(DocumentRef::getLength)
                            .filter(n -> n >= change.target().tokens())
                            .min()
                            .orElseThrow();
            double least =
                    left.stream()
                            .filter(other -> other.getLength() == length)
                            .mapToDouble(other -> mean(scores.get(other), change.target()))
                            .min()
                            .orElseThrow();
            assertThat(donor.getLength()).isEqualTo(length);
            assertThat(mean(scores.get(donor), change.target())).isEqualTo(least);
            assertThat(left.remove(donor)).isTrue();
        }
    }

    private static double mean(List<Double> scores, Target target) {
        return target.items().stream()
                .mapToDouble(item -> scores.get(TestingPlanner.SELECTED.indexOf(item)))
                .average()
                .orElseThrow();
    }

    private static DocumentRef donor(Change change) {
        return ((Content.Copied) change.content()).document();
    }

    private static DocumentRef longest(List<DocumentRef> documents) {
        return documents.stream()
                .filter(d -> d.getStart() + d.getLength() < T)
                .max(java.util.Comparator.comparing(DocumentRef::getLength))
                .orElseThrow();
    }

    private static List<OperationSpec> operations(Random random) {
        var operations = new ArrayList<OperationSpec>();
        switch (random.nextInt(5)) {
            case 0 ->
                    operations.add(new SwapSpec(TestingPlanner.DONORS, null, null, Shortage.LEAVE));
            case 1 -> operations.add(new ReorderSpec());
            case 2 ->
                    operations.add(
                            new SwapSpec(TestingPlanner.DONORS, "matching", null, Shortage.LEAVE));
            case 3 -> operations.add(new DropSpec(TestingPlanner.DONORS, Shortage.LEAVE));
            default -> {}
        }
        if (!operations.isEmpty()
                && operations.getFirst() instanceof SwapSpec swap
                && swap.promotes()) {
            return operations;
        }
        boolean dropped = !operations.isEmpty() && operations.getFirst().operation().equals("drop");
        if (!dropped && random.nextBoolean()) {
            var lengths = List.of("shift", "cut", "equal").get(random.nextInt(3));
            operations.add(
                    new SubstituteSpec(
                            strings(random),
                            random.nextBoolean() ? "choices" : null,
                            null,
                            lengths));
        }
        if (!dropped && random.nextBoolean()) {
            operations.add(new MaskSpec());
        }
        if (!dropped && random.nextBoolean()) {
            operations.add(
                    new DuplicateSpec(
                            1 + random.nextInt(3), random.nextBoolean() ? "random" : "beside"));
        }
        if (operations.isEmpty() || random.nextBoolean()) {
            operations.add(
                    new InsertSpec(
                            Stream.of("one", "two", "three")
                                    .map(id -> new InsertSpec.Text(id, "w19000 w19001"))
                                    .toList(),
                            null,
                            null,
                            null));
        }
        return operations;
    }

    private static List<SubstituteSpec.Replacement> strings(Random random) {
        var strings = new ArrayList<SubstituteSpec.Replacement>();
        for (int i = 0; i < 100; i++) {
            var by = random.nextInt(3) == 0 ? "w18000 w18001 w18002" : "w18003";
            strings.add(
                    new SubstituteSpec.Replacement(
                            TestingTokenizer.word(1 + random.nextInt(800)), by));
        }
        strings.add(new SubstituteSpec.Replacement(" w18003", ""));
        return strings;
    }

    private static Map<ItemRef, Item> items() {
        var items = new HashMap<ItemRef, Item>();
        for (int i = 0; i < OTHERS + 3; i++) {
            var choices =
                    List.of(" " + TestingTokenizer.word(50 * i + 7), " w17000", " w17001 w17002");
            items.put(
                    new ItemRef("b", "q" + i),
                    new Item("b", "q" + i, "?", choices, 0, null, null, null, null));
        }
        return items;
    }

    private static MatchedDocuments matched(Random random, TestingHistory history) {
        var targets = new ArrayList<Target>();
        var bystanders = new ArrayList<DocumentRef>();
        var donors = new ArrayList<DocumentRef>();
        var matching = new ArrayList<Target>();
        for (var document : history.documents(0, 3)) {
            if (document.getLength() <= 8 && random.nextInt(6) == 0) {
                targets.add(new Target(document, drawn(random)));
            } else {
                bystanders.add(document);
            }
        }
        for (var document : history.documents(3, 6)) {
            if (random.nextInt(6) == 0) {
                matching.add(new Target(document, drawn(random)));
            } else {
                donors.add(document);
            }
        }
        return new MatchedDocuments(
                targets, bystanders, donors, matching, Map.of(), Map.of(), others(bystanders));
    }

    /** Each bystander matches some of three items that were not selected. */
    private static Map<DocumentRef, List<ItemRef>> others(List<DocumentRef> bystanders) {
        var others = new HashMap<DocumentRef, List<ItemRef>>();
        for (var document : bystanders) {
            int first = OTHERS + document.getStart() % 3;
            others.put(document, List.of(new ItemRef("b", "q" + first)));
        }
        return others;
    }

    private static List<ItemRef> drawn(Random random) {
        return IntStream.range(0, 5)
                .filter(i -> i == 4 || random.nextInt(3) == 0)
                .mapToObj(i -> new ItemRef("b", "q" + i))
                .toList();
    }

    private static <T> List<T> shuffled(List<T> list, Random random) {
        var copy = new ArrayList<>(list);
        java.util.Collections.shuffle(copy, random);
        return copy;
    }
}
