package io.retcon.streams.planning;

import static org.assertj.core.api.Assertions.assertThat;

import io.retcon.schemas.record.DocumentRef;
import io.retcon.schemas.record.Plan;
import io.retcon.schemas.record.RunManifest;
import io.retcon.schemas.spec.Arm;
import io.retcon.schemas.spec.Shortage;
import io.retcon.schemas.testing.SeededTest;
import io.retcon.streams.state.Routed;
import io.retcon.streams.walking.TestingHistory;

import org.apache.kafka.streams.KeyValue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;

class PlannedInterventionTest {
    private static final int PARTITIONS = 4;
    private static final int SEQUENCES = 3;
    private static final List<Arm> ARMS = List.of(Arm.CONTROL, Arm.TREATED, Arm.PLACEBO);

    @SeededTest(tries = 20)
    void everyPartitionIsToldHowManyPlansItGets(Random random) {
        // Given
        var history = TestingHistory.random(random, 8, SEQUENCES, 60, PARTITIONS);
        var manifest = (RunManifest) history.manifest().getAbout();
        var planned = new PlannedIntervention("i", "run", manifest, plans(random, history));
        // When
        var swaps = planned.changes().stream().map(pair -> pair.value).toList();
        var closings = planned.closings();
        // Then
        assertThat(closings).hasSize(3 * PARTITIONS);
        assertThat(closings).extracting(pair -> pair.key).doesNotHaveDuplicates();
        for (var arm : ARMS) {
            var ofArm = swaps.stream().filter(s -> s.plan().getArm().equals(arm.label())).toList();
            var pairings = ofArm.stream().filter(s -> s.plan().getClosing().isEmpty()).toList();
            for (int p = 0; p < PARTITIONS; p++) {
                int partition = p;
                assertThat(announced(closings, arm, p))
                        .isEqualTo(count(pairings, s -> s.targetPartition() == partition));
                var closing =
                        ofArm.stream()
                                .filter(s -> s.plan().getClosing().isPresent())
                                .filter(s -> s.sourcePartition() == partition)
                                .findFirst()
                                .orElseThrow();
                assertThat(closing.plan().getClosing().orElseThrow().getRecords())
                        .isEqualTo(count(pairings, s -> s.sourcePartition() == partition));
            }
            assertThat(pairings)
                    .allSatisfy(
                            swap -> {
                                var plan = swap.plan();
                                assertThat(swap.targetPartition())
                                        .isEqualTo(partition(plan.getTarget().orElseThrow()));
                                assertThat(swap.sourcePartition())
                                        .isEqualTo(partition(plan.getDonor().orElseThrow()));
                                assertThat(plan.getTokens()).isEmpty();
                            });
        }
    }

    private static PlannedArms plans(Random random, TestingHistory history) {
        var targets = new ArrayList<Target>();
        var bystanders = new ArrayList<DocumentRef>();
        for (var document : history.documents(0, 4)) {
            if (document.getLength() <= 6 && random.nextInt(4) == 0) {
                targets.add(new Target(document, List.of()));
            } else {
                bystanders.add(document);
            }
        }
        return TestingPlanner.swap(random.nextLong(), Shortage.FAIL)
                .plan(TestingPlanner.matched(targets, bystanders, history.documents(4, 8)), ARMS);
    }

    private static long announced(
            List<KeyValue<String, Routed<Plan>>> closings, Arm arm, int partition) {
        return closings.stream()
                .map(pair -> pair.value)
                .filter(routed -> routed.value().getArm().equals(arm.label()))
                .filter(routed -> routed.partition() == partition)
                .mapToLong(routed -> routed.value().getClosing().orElseThrow().getRecords())
                .sum();
    }

    private static long count(List<PlannedChange> swaps, Predicate<PlannedChange> which) {
        return swaps.stream().filter(which).count();
    }

    private static int partition(DocumentRef document) {
        return (int) ((document.getStep() * SEQUENCES + document.getSequence()) % PARTITIONS);
    }
}
