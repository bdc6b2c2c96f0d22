package io.retcon.streams.planning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.record.DocumentRef;
import io.retcon.schemas.record.ItemRef;
import io.retcon.schemas.spec.Arm;
import io.retcon.schemas.spec.MaskSpec;
import io.retcon.schemas.spec.Shortage;
import io.retcon.schemas.testing.SeededTest;

import org.junit.jupiter.api.Test;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

class InterventionPlannerTest {
    private static final List<Arm> ARMS = List.of(Arm.CONTROL, Arm.TREATED, Arm.PLACEBO);
    private static final ItemRef ITEM = new ItemRef("capitals", "q1");

    @SeededTest
    void lengthsAreThoseOfTheSlowTwin(Random random) {
        // Given
        var matched = matched(random, 30, 80, 120);
        // When
        var plans = TestingPlanner.swap(random.nextLong(), Shortage.FAIL).plan(matched, ARMS);
        // Then
        assertThat(changes(plans, Arm.CONTROL)).isEmpty();
        var treated = changes(plans, Arm.TREATED);
        assertThat(treated).extracting(Change::target).isEqualTo(matched.targets());
        assertThat(lengths(treated))
                .isEqualTo(slowDonorLengths(lengthsOf(matched.targets()), matched.donors()));
        var placebo = changes(plans, Arm.PLACEBO);
        assertThat(placebo.stream().map(p -> p.target().tokens()).sorted())
                .isEqualTo(slowPlaceboLengths(lengthsOf(matched.targets()), matched.bystanders()));
        assertThat(lengths(placebo))
                .isEqualTo(
                        slowDonorLengths(
                                placebo.stream().map(p -> p.target().tokens()).toList(),
                                matched.donors()));
        for (var arm : List.of(treated, placebo)) {
            assertThat(arm).extracting(InterventionPlannerTest::donor).doesNotHaveDuplicates();
            assertThat(arm).extracting(InterventionPlannerTest::donor).isSubsetOf(matched.donors());
            assertThat(arm)
                    .extracting(p -> p.target().document())
                    .isSortedAccordingTo(DocumentOrder.BY_PLACE);
        }
        assertThat(placebo)
                .extracting(p -> p.target().document())
                .doesNotHaveDuplicates()
                .isSubsetOf(matched.bystanders());
    }

    @SeededTest
    void arrivalOrderChangesNothing(Random random) {
        // Given
        var matched = matched(random, 20, 50, 90);
        var shuffled =
                TestingPlanner.matched(
                        shuffled(matched.targets(), random),
                        shuffled(matched.bystanders(), random),
                        shuffled(matched.donors(), random));
        var shortage = Shortage.values()[random.nextInt(2)];
        var planner = TestingPlanner.swap(random.nextLong(), shortage);
        // When
        var plans = planner.plan(shuffled, ARMS);
        // Then
        assertThat(plans).isEqualTo(planner.plan(matched, ARMS));
        assertThat(PlanSummary.of(plans)).isEqualTo(PlanSummary.of(planner.plan(matched, ARMS)));
    }

    @Test
    void everyEquallyLongDonorIsTakenBySomeSeed() {
        // Given
        var target = new Target(document(0, 5), List.of(ITEM));
        var donors = List.of(document(10, 5), document(11, 5), document(12, 5), document(13, 6));
        var matched = TestingPlanner.matched(List.of(target), List.of(), donors);
        // When
        var taken = new HashSet<DocumentRef>();
        for (long seed = 0; seed < 100; seed++) {
            var plan =
                    TestingPlanner.swap(seed, Shortage.FAIL)
                            .plan(matched, List.of(Arm.TREATED))
                            .arms()
                            .getFirst();
            taken.add(donor(plan.changes().getFirst()));
        }
        // Then
        assertThat(taken).containsExactlyInAnyOrderElementsOf(donors.subList(0, 3));
    }

    @Test
    void noTargetsGiveEmptyPlans() {
        // Given
        var matched =
                TestingPlanner.matched(
                        List.of(new Target(document(0, 0), List.of())), List.of(), List.of());
        // When
        var plans = TestingPlanner.swap(1, Shortage.FAIL).plan(matched, ARMS);
        // Then
        assertThat(plans.arms()).extracting(ArmPlan::changes).containsOnly(List.of());
        assertThat(plans.arms()).hasSize(3);
    }

    @Test
    void aTargetWithoutADonorAsLongIsRefusedByName() {
        // Given
        var targets =
                List.of(
                        new Target(document(0, 5), List.of(ITEM)),
                        new Target(document(1, 5), List.of(ITEM)));
        var matched =
                TestingPlanner.matched(
                        targets, List.of(), List.of(document(10, 9), document(11, 4)));
        // When / Then
        assertThatThrownBy(
                        () ->
                                TestingPlanner.swap(1, Shortage.FAIL)
                                        .plan(matched, List.of(Arm.TREATED)))
                .isInstanceOf(RefusedInput.class)
                .hasMessageContaining("'d1'")
                .hasMessageContaining("longer donors' window");
    }

    @SeededTest
    void aLimitTakesTheHighestScoresAndWithoutThemTheSeedsDraw(Random random) {
        // Given
        var all = matched(random, 40, 80, 120);
        var scores = new HashMap<DocumentRef, Double>();
        all.targets().forEach(t -> scores.put(t.document(), (double) random.nextInt(5)));
        var scored =
                new MatchedDocuments(
                        shuffled(all.targets(), random),
                        all.bystanders(),
                        all.donors(),
                        List.of(),
                        Map.of(),
                        scores,
                        Map.of());
        int most = 1 + random.nextInt(all.targets().size() + 5);
        long seed = random.nextLong();
        var planner = TestingPlanner.swap(seed, Shortage.FAIL).taking(most);
        // When
        var best = planner.plan(scored, ARMS);
        var drawn = planner.plan(all, ARMS);
        var fewer = TestingPlanner.swap(seed, Shortage.FAIL).taking(1).plan(all, ARMS);
        // Then
        int taken = Math.min(most, all.targets().size());
        var byScore = new ArrayList<>(all.targets());
        byScore.sort(Comparator.comparing(t -> -scores.get(t.document())));
        assertThat(changes(best, Arm.TREATED))
                .extracting(Change::target)
                .containsExactlyInAnyOrderElementsOf(byScore.subList(0, taken));
        assertThat(changes(drawn, Arm.TREATED)).hasSize(taken);
        assertThat(changes(drawn, Arm.TREATED))
                .extracting(Change::target)
                .containsAll(changes(fewer, Arm.TREATED).stream().map(Change::target).toList());
        for (var plans : List.of(best, drawn)) {
            assertThat(changes(plans, Arm.PLACEBO)).hasSize(taken);
            assertThat(changes(plans, Arm.PLACEBO))
                    .extracting(p -> p.target().document())
                    .isSubsetOf(all.bystanders());
            assertThat(plans.left()).isZero();
            var limit = plans.limit().orElseThrow();
            assertThat(limit.found()).isEqualTo(all.targets().size());
            assertThat(limit.text())
                    .contains(
                            most > taken
                                    ? "fewer than the %d that".formatted(most)
                                    : plans == best ? "highest scores" : "the seed draws");
        }
    }

    /** Sequences of 60 tokens, one a step: documents of two or three parts, and whole ones. */
    @SeededTest(tries = 20)
    void partsOfADocumentAreTakenTogetherAndCounted(Random random) {
        // Given
        var targets = new ArrayList<Target>();
        int documents = 2 + random.nextInt(10);
        int cuts = 0;
        long step = 0;
        var item = List.of(TestingPlanner.SELECTED.getFirst());
        for (int d = 0; d < documents; d++) {
            int parts = 1 + random.nextInt(3);
            cuts += parts - 1;
            for (int part = 1; part <= parts; part++) {
                var id = "d" + d + (part == 1 ? "" : "#" + part);
                int length = part == parts ? 20 : 60;
                targets.add(new Target(new DocumentRef(id, step++, 0, 0, length), item));
            }
        }
        var matched = TestingPlanner.matched(targets, List.of(), List.of());
        var mask = new MaskSpec();
        var planner = new TestingPlanner(random.nextLong(), Map.of(), List.of(mask));
        int most = 1 + random.nextInt(documents);
        // When
        var all = planner.plan(matched, List.of(Arm.TREATED, Arm.dose(0.5)));
        var some = planner.taking(most).plan(matched, List.of(Arm.TREATED));
        // Then
        assertThat(all.cuts(all.arms().getFirst())).isEqualTo(cuts);
        assertThat(wholeOnes(targets, all.arms().getLast()))
                .hasSize((int) Math.round(0.5 * documents));
        assertThat(wholeOnes(targets, some.arms().getFirst())).hasSize(most);
        assertThat(some.limit().orElseThrow().found()).isEqualTo(documents);
    }

    /** The documents that an arm changes, of which it must change all parts. */
    private static Set<String> wholeOnes(List<Target> targets, ArmPlan plan) {
        var changed = plan.changes().stream().map(c -> c.target().document().getId()).toList();
        var whole = new HashSet<String>();
        changed.forEach(id -> whole.add(id.replaceFirst("#.*", "")));
        assertThat(changed)
                .containsExactlyInAnyOrderElementsOf(
                        targets.stream()
                                .map(target -> target.document().getId())
                                .filter(id -> whole.contains(id.replaceFirst("#.*", "")))
                                .toList());
        return whole;
    }

    @SeededTest
    void whatIsLeftAsItIsHasNoDonorLeft(Random random) {
        // Given
        var matched = matched(random, 40, 80, 5 + random.nextInt(40));
        // When
        var plans = TestingPlanner.swap(random.nextLong(), Shortage.LEAVE).plan(matched, ARMS);
        // Then
        var treated = changes(plans, Arm.TREATED);
        assertThat(treated).extracting(Change::target).isSubsetOf(matched.targets());
        assertThat(treated)
                .extracting(pairing -> pairing.target().document())
                .isSortedAccordingTo(DocumentOrder.BY_PLACE)
                .doesNotHaveDuplicates();
        var unused = new HashSet<>(matched.donors());
        treated.forEach(pairing -> assertThat(unused.remove(donor(pairing))).isTrue());
        var left = new ArrayList<>(matched.targets());
        left.removeAll(treated.stream().map(Change::target).toList());
        int longestUnused = unused.stream().mapToInt(DocumentRef::getLength).max().orElse(0);
        assertThat(left).allMatch(target -> target.tokens() > longestUnused);
        assertThat(changes(plans, Arm.PLACEBO)).hasSizeLessThanOrEqualTo(treated.size());
        assertThat(PlanSummary.of(plans).documents()).isEqualTo(treated.size());
    }

    @Test
    void aPlaceboWithoutEnoughBystandersIsRefused() {
        // Given
        var matched =
                TestingPlanner.matched(
                        List.of(new Target(document(0, 5), List.of(ITEM))),
                        List.of(document(1, 0)),
                        List.of(document(10, 5)));
        // When / Then
        assertThatThrownBy(() -> TestingPlanner.swap(1, Shortage.FAIL).plan(matched, ARMS))
                .isInstanceOf(RefusedInput.class)
                .hasMessageContaining("window has 0");
    }

    @Test
    void aSummaryCountsWhatWouldBeDone() {
        // Given
        var targets =
                List.of(
                        new Target(document(0, 5), List.of(ITEM)),
                        new Target(document(1, 7), List.of(ITEM, new ItemRef("capitals", "q2"))));
        var matched =
                TestingPlanner.matched(
                        targets,
                        List.of(document(2, 5), document(3, 8)),
                        List.of(document(10, 5), document(11, 9), document(12, 9)));
        // When
        var summary = PlanSummary.of(TestingPlanner.swap(1, Shortage.FAIL).plan(matched, ARMS));
        // Then
        assertThat(summary)
                .extracting(
                        PlanSummary::documents,
                        PlanSummary::tokensTouched,
                        PlanSummary::sequencesTouched,
                        PlanSummary::tokensTruncated,
                        PlanSummary::sharedDocuments,
                        PlanSummary::placeboImbalance)
                .containsExactly(2, 12L, 2L, 2L, 1, 2L);
    }

    @Test
    void fiftyThousandTargetsFindDonorsAmongAMillionInSeconds() {
        // Given
        var random = new Random(7);
        var targets = new ArrayList<Target>();
        var bystanders = new ArrayList<DocumentRef>();
        var donors = new ArrayList<DocumentRef>();
        for (int i = 0; i < 50_000; i++) {
            targets.add(new Target(document(i, 1 + random.nextInt(4000)), List.of(ITEM)));
        }
        for (int i = 0; i < 100_000; i++) {
            bystanders.add(document(100_000 + i, 1 + random.nextInt(4000)));
        }
        for (int i = 0; i < 1_000_000; i++) {
            donors.add(document(1_000_000 + i, 1 + random.nextInt(4096)));
        }
        var matched = TestingPlanner.matched(targets, bystanders, donors);
        // When
        var clock = ManagementFactory.getThreadMXBean();
        long began = clock.getCurrentThreadCpuTime();
        var plans = TestingPlanner.swap(3, Shortage.FAIL).plan(matched, ARMS);
        double seconds = (clock.getCurrentThreadCpuTime() - began) / 1e9;
        // Then
        assertThat(changes(plans, Arm.TREATED)).hasSize(50_000);
        assertThat(seconds).isLessThan(5);
    }

    private static MatchedDocuments matched(
            Random random, int targets, int bystanders, int donors) {
        var found = new ArrayList<Target>();
        for (int i = 0; i < targets; i++) {
            found.add(new Target(document(i, random.nextInt(20)), List.of(ITEM)));
        }
        return TestingPlanner.matched(
                found,
                documents(random, 1_000, bystanders, 25),
                documents(random, 2_000, donors, 40));
    }

    private static List<DocumentRef> documents(Random random, int from, int count, int longest) {
        var documents = new ArrayList<DocumentRef>();
        for (int i = 0; i < count; i++) {
            documents.add(document(from + i, random.nextInt(longest + 1)));
        }
        return documents;
    }

    private static DocumentRef document(int place, int length) {
        return new DocumentRef("d" + place, (long) place / 8, place % 8, 0, length);
    }

    private static <T> List<T> shuffled(List<T> list, Random random) {
        var copy = new ArrayList<>(list);
        Collections.shuffle(copy, random);
        return copy;
    }

    private static List<Change> changes(PlannedArms plans, Arm arm) {
        return plans.arms().stream()
                .filter(plan -> plan.arm().equals(arm))
                .findFirst()
                .orElseThrow()
                .changes();
    }

    private static DocumentRef donor(Change change) {
        return ((Content.Copied) change.content()).document();
    }

    private static List<Integer> lengthsOf(List<Target> targets) {
        return targets.stream().map(Target::tokens).toList();
    }

    private static List<Integer> lengths(List<Change> pairings) {
        return pairings.stream().map(p -> donor(p).getLength()).toList();
    }

    private static List<Integer> slowDonorLengths(List<Integer> targets, List<DocumentRef> donors) {
        var left = new ArrayList<>(donors.stream().map(DocumentRef::getLength).toList());
        var taken = new ArrayList<Integer>();
        for (int target : targets) {
            int best = left.stream().filter(n -> n >= target).min(Integer::compare).orElseThrow();
            left.remove((Integer) best);
            taken.add(best);
        }
        return taken;
    }

    private static List<Integer> slowPlaceboLengths(
            List<Integer> targets, List<DocumentRef> bystanders) {
        var left = new ArrayList<>(bystanders.stream().map(DocumentRef::getLength).toList());
        var taken = new ArrayList<Integer>();
        for (int target : targets) {
            int best =
                    left.stream()
                            .min(
                                    (a, b) ->
                                            Math.abs(a - target) != Math.abs(b - target)
                                                    ? Math.abs(a - target) - Math.abs(b - target)
                                                    : b - a)
                            .orElseThrow();
            left.remove((Integer) best);
            taken.add(best);
        }
        Collections.sort(taken);
        return taken;
    }
}
