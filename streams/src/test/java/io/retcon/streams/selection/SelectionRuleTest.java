package io.retcon.streams.selection;

import static org.assertj.core.api.Assertions.assertThat;

import io.retcon.schemas.item.ItemOrder;
import io.retcon.schemas.record.ItemRef;
import io.retcon.schemas.record.SelectSpec;
import io.retcon.schemas.spec.InterventionSpec;
import io.retcon.schemas.spec.Specs;
import io.retcon.schemas.testing.SeededTest;
import io.retcon.streams.planning.TestingSelection;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.LongStream;

class SelectionRuleTest {
    @ParameterizedTest
    @CsvSource({
        "forgotten-at, 11000, 2, true",
        "forgotten-at, 11000, 1, false", // Right at it.
        "forgotten-at, 11000, 3, false", // Wrong before.
        "forgotten-at, 10100, 3, false", // Wrong once before.
        "forgotten-at, 11010, 2, false", // Right once later.
        "forgotten-at, 00000, 0, false", // No earlier checkpoint.
        "forgotten-at, 11110, 4, true",
        "always, 11111, 0, true",
        "always, 11011, 0, false",
        "always, 1111, 0, false", // Not scored at every checkpoint.
        "never, 00000, 0, true",
        "never, 00100, 0, false",
        "all, 01010, 0, true"
    })
    void aRuleIsAboutEveryCheckpoint(String rule, String right, long step, boolean selected) {
        // Given
        var select = select(rule, step);
        // When
        boolean selects = SelectionRule.of(select).selects(new ItemRef("b", "q"), outcomes(right));
        // Then
        assertThat(selects).isEqualTo(selected);
    }

    @SeededTest(tries = 30)
    void aLargerSampleHoldsTheSmaller(Random random) {
        // Given
        var right = new TreeMap<ItemRef, SortedMap<Long, Boolean>>(ItemOrder.BY_NAME);
        for (int i = 0; i < 50; i++) {
            right.put(new ItemRef("b", "q" + i), outcomes(random.nextInt(4) == 0 ? "00" : "11"));
        }
        long seed = random.nextLong();
        int size = 1 + random.nextInt(40);
        // When
        var smaller = SelectedItems.of(spec(size, seed), right);
        var larger = SelectedItems.of(spec(size + 5, seed), right);
        // Then
        assertThat(larger).containsAll(smaller);
        assertThat(smaller)
                .isSortedAccordingTo(ItemOrder.BY_NAME)
                .allMatch(i -> right.get(i).get(0L));
        long known = right.values().stream().filter(outcomes -> outcomes.get(0L)).count();
        assertThat(smaller).hasSize((int) Math.min(size, known));
    }

    @SeededTest(tries = 40)
    void learnableIsTheCheckpointAtWhichMostItemsWereLearned(Random random) {
        // Given
        var right = new TreeMap<ItemRef, SortedMap<Long, Boolean>>(ItemOrder.BY_NAME);
        var learnedAt = new int[5];
        for (int i = 0; i < 30; i++) {
            int from = random.nextInt(6);
            right.put(
                    new ItemRef("b", "q" + i),
                    outcomes(("0".repeat(from) + "11111").substring(0, 5)));
            if (from > 0 && from < 4) {
                learnedAt[from]++;
            }
        }
        right.put(new ItemRef("b", "scored once"), outcomes("1"));
        var select = SelectSpec.newBuilder(select("learnable", 0)).setStep(null).build();
        var spec = InterventionSpec.newBuilder(spec(1, 1)).setSelect(select).build();
        // When
        var pinned = Learnable.pinned(spec, right);
        // Then
        int best = 1;
        for (int step = 2; step < 4; step++) {
            best = learnedAt[step] > learnedAt[best] ? step : best;
        }
        assertThat(pinned.select().getStep()).contains((long) best);
        assertThat(SelectedItems.of(pinned, right)).hasSize(learnedAt[best]);
    }

    @ParameterizedTest
    @CsvSource({
        "b, q1, , b, true",
        "b, q1, p36, p36, true",
        "b, p36-7, , p36-, true",
        "b/p36, 7, , b/p37, false",
        "b, q1, p36, p3, false"
    })
    void aSubsetNamesBenchmarksRelationsOrBeginningsOfIdentifiers(
            String benchmark, String id, String relation, String name, boolean included) {
        // Given
        var item = new ItemRef(benchmark, id);
        // Then
        assertThat(new Subset(List.of("other", name)).includes(item, Optional.ofNullable(relation)))
                .isEqualTo(included);
        assertThat(new Subset(List.of()).includes(item, Optional.ofNullable(relation))).isTrue();
    }

    private static InterventionSpec spec(int sample, long seed) {
        var select =
                SelectSpec.newBuilder(select("always", 0))
                        .setCheckpoints(List.of(0L, 1L))
                        .setSample(sample)
                        .build();
        return InterventionSpec.newBuilder(Specs.of(TestingSelection.of("i", seed, "control")))
                .setSelect(select)
                .build();
    }

    private static SelectSpec select(String rule, long step) {
        return SelectSpec.newBuilder()
                .setBenchmark("b")
                .setRule(rule)
                .setStep(step)
                .setCheckpoints(LongStream.range(0, 5).boxed().toList())
                .build();
    }

    private static SortedMap<Long, Boolean> outcomes(String right) {
        var outcomes = new TreeMap<Long, Boolean>();
        for (int i = 0; i < right.length(); i++) {
            outcomes.put((long) i, right.charAt(i) == '1');
        }
        return outcomes;
    }
}
