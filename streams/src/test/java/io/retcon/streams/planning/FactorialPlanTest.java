package io.retcon.streams.planning;

import static org.assertj.core.api.Assertions.assertThat;

import io.retcon.schemas.record.DocumentRef;
import io.retcon.schemas.record.ItemRef;
import io.retcon.schemas.record.RunManifest;
import io.retcon.schemas.record.Selection;
import io.retcon.schemas.spec.Arm;
import io.retcon.schemas.spec.FactorialDesign;
import io.retcon.schemas.testing.SeededTest;
import io.retcon.schemas.topic.Keys;
import io.retcon.streams.walking.TestingHistory;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;

class FactorialPlanTest {
    private static final int ITEMS = 12;

    @SeededTest(tries = 40)
    void eachDocumentIsChangedInTheRowsOfItsFactorAndToTheSameInEach(Random random) {
        // Given
        int factors = 2 + random.nextInt(5);
        var selection = selection(factors, random);
        var targets = targets(random);
        var matched =
                TestingPlanner.matched(targets, List.of(), donors(2 * targets.size(), random));
        // When
        var planned = planner(selection).plan(matched);
        // Then: one document after the other, from its items alone
        var donorOf = new HashMap<DocumentRef, DocumentRef>();
        int contested = 0;
        for (var target : targets) {
            var claimedBy = new HashSet<Integer>();
            target.items().forEach(i -> claimedBy.add(selection.getFactors().get(Keys.item(i))));
            contested += claimedBy.size() > 1 ? 1 : 0;
            for (var plan : planned.arms()) {
                var changes =
                        plan.changes().stream().filter(c -> c.target().equals(target)).toList();
                boolean on = claimedBy.size() == 1 && plan.arm().isOn(claimedBy.iterator().next());
                assertThat(changes).as("%s in %s", target, plan.arm()).hasSize(on ? 1 : 0);
                for (var change : changes) {
                    var donor = change.donor().orElseThrow();
                    assertThat(donorOf.computeIfAbsent(target.document(), d -> donor))
                            .isEqualTo(donor);
                }
            }
        }
        assertThat(donorOf.values()).doesNotHaveDuplicates();
        assertThat(planned.contested()).isEqualTo(contested);
        assertThat(planned.left()).isZero();
        assertThat(PlanSummary.of(planned).documents()).isEqualTo(targets.size() - contested);
    }

    @SeededTest(tries = 10)
    void arrivalOrderChangesNothing(Random random) {
        // Given
        var selection = selection(3, random);
        var targets = targets(random);
        var donors = donors(2 * targets.size(), random);
        var shuffledTargets = new ArrayList<>(targets);
        Collections.shuffle(shuffledTargets, random);
        var shuffledDonors = new ArrayList<>(donors);
        Collections.shuffle(shuffledDonors, random);
        // When
        var planned =
                planner(selection)
                        .plan(TestingPlanner.matched(shuffledTargets, List.of(), shuffledDonors));
        // Then
        assertThat(planned)
                .isEqualTo(
                        planner(selection)
                                .plan(TestingPlanner.matched(targets, List.of(), donors)));
    }

    private static InterventionPlanner planner(Selection selection) {
        var manifest =
                (RunManifest)
                        TestingHistory.random(new Random(1), 1, 1, 60, 1).manifest().getAbout();
        return new InterventionPlanner(selection, manifest, Map.of(), TestingTokenizer::words);
    }

    private static Selection selection(int factors, Random random) {
        var design = FactorialDesign.of(factors, FactorialDesign.runs(factors));
        var labels = design.arms().stream().map(Arm::label).toArray(String[]::new);
        var ofItem = new HashMap<String, Integer>();
        var items = new ArrayList<ItemRef>();
        for (int i = 0; i < ITEMS; i++) {
            items.add(item(i));
            ofItem.put(Keys.item(item(i)), random.nextInt(factors));
        }
        var plain = TestingSelection.of("i", random.nextLong(), labels);
        return Selection.newBuilder(plain).setItems(items).setFactors(ofItem).build();
    }

    private static ItemRef item(int number) {
        return new ItemRef("b", "q" + number);
    }

    private static List<Target> targets(Random random) {
        var targets = new ArrayList<Target>();
        for (int d = 0; d < 30; d++) {
            var items = new ArrayList<ItemRef>();
            for (int i = 0; i <= random.nextInt(2); i++) {
                items.add(item(random.nextInt(ITEMS)));
            }
            targets.add(
                    new Target(
                            new DocumentRef("t" + d, 0L, d, 0, 1 + random.nextInt(9)),
                            items.stream().distinct().toList()));
        }
        return targets;
    }

    private static List<DocumentRef> donors(int count, Random random) {
        var donors = new ArrayList<DocumentRef>();
        for (int d = 0; d < count; d++) {
            donors.add(new DocumentRef("d" + d, 3L, d, 0, 9 + random.nextInt(9)));
        }
        return donors;
    }
}
