package io.retcon.streams.selection;

import static org.assertj.core.api.Assertions.assertThat;

import io.retcon.schemas.item.ItemOrder;
import io.retcon.schemas.record.ItemRef;
import io.retcon.schemas.spec.InterventionSpec;
import io.retcon.schemas.spec.SpecReader;
import io.retcon.schemas.testing.SeededTest;
import io.retcon.schemas.topic.Keys;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

class ChosenItemsTest {
    @SeededTest(tries = 30)
    void noItemIsOfTwoFactorsAndEachTakesOfWhatEarlierOnesLeft(Random random) {
        // Given
        int items = 1 + random.nextInt(12);
        var outcomes = outcomes(items);
        var spec = spec("sample: 4", "sample: 3", "rule: all");
        // When
        var chosen = ChosenItems.of(spec, select -> outcomes);
        // Then
        assertThat(chosen.items()).containsExactlyElementsOf(outcomes.keySet());
        assertThat(count(chosen, 0)).isEqualTo(Math.min(items, 4));
        assertThat(count(chosen, 1)).isEqualTo(Math.clamp(items - 4, 0, 3));
        assertThat(count(chosen, 2)).isEqualTo(Math.max(items - 7, 0));
    }

    @Test
    void anItemThatSeveralNameIsOfTheFirst() {
        // Given
        var spec =
                spec(
                        "rule: list, items: [i1, i2]",
                        "rule: list, items: [i2, i3]",
                        "rule: list, items: [elsewhere]");
        // When
        var chosen = ChosenItems.of(spec, select -> outcomes(5));
        // Then
        assertThat(chosen.factors()).containsOnlyKeys(key("i1"), key("i2"), key("i3"));
        assertThat(chosen.factors()).containsEntry(key("i2"), 0).containsEntry(key("i3"), 1);
    }

    @Test
    void anItemThatWasNotScoredEverywhereIsNeitherRightNorWrong() {
        // Given
        var outcomes = outcomes(3);
        var items = List.copyOf(outcomes.keySet());
        outcomes.get(items.get(0)).putAll(Map.of(0L, false, 1L, false));
        outcomes.get(items.get(1)).put(1L, false);
        var spec =
                new SpecReader()
                        .read(
                                """
                                name: n
                                run: r
                                select: { benchmark: b, rule: never, checkpoints: [0, 1] }
                                window: { from: 1, to: 2 }
                                match: { matcher: cooccurrence }
                                operate: { operation: mask }
                                """);
        // When
        var chosen = ChosenItems.of(spec, select -> outcomes);
        // Then
        assertThat(chosen.items()).containsExactly(items.get(0));
        assertThat(chosen.remark())
                .contains(
                        "2 items were not scored by acc_raw at every checkpoint: none of them is"
                                + " selected");
    }

    private static String key(String item) {
        return Keys.item("b", item);
    }

    private static long count(ChosenItems chosen, int factor) {
        return chosen.factors().values().stream().filter(of -> of == factor).count();
    }

    private static SortedMap<ItemRef, SortedMap<Long, Boolean>> outcomes(int items) {
        var outcomes = new TreeMap<ItemRef, SortedMap<Long, Boolean>>(ItemOrder.BY_NAME);
        for (int i = 0; i < items; i++) {
            outcomes.put(new ItemRef("b", "i" + i), new TreeMap<>());
        }
        return outcomes;
    }

    private static InterventionSpec spec(String... selects) {
        var factors = new StringBuilder();
        for (var select : List.of(selects)) {
            factors.append(
                    "  - { name: f%d, select: { %s } }\n".formatted(factors.length(), select));
        }
        return new SpecReader()
                .read(
                        """
                        name: n
                        run: r
                        design: factorial
                        select: { benchmark: b, rule: all }
                        factors:
                        %swindow: { from: 1, to: 2 }
                        match: { matcher: cooccurrence }
                        operate: { operation: mask }
                        """
                                .formatted(factors));
    }
}
