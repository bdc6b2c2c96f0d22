package io.retcon.streams.selection;

import static org.assertj.core.api.Assertions.assertThat;

import io.retcon.schemas.item.ItemOrder;
import io.retcon.schemas.record.ItemRef;
import io.retcon.schemas.record.SelectSpec;
import io.retcon.schemas.record.StepRange;
import io.retcon.schemas.record.UnselectedItems;
import io.retcon.schemas.spec.InterventionSpec;
import io.retcon.schemas.spec.Specs;
import io.retcon.streams.planning.TestingSelection;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

class KnownItemsTest {
    /** Checkpoints 10, 20, 30, 40; '.' for one at which the item was not scored. */
    @ParameterizedTest
    @CsvSource({
        "1111, 20, 30, known-before",
        "0110, 20, 30, known-before",
        "1011, 20, 30, learned-in-window",
        "0011, 20, 30, learned-in-window",
        "0010, 20, 30, learned-in-window",
        "0001, 20, 30, learned-later",
        "1000, 20, 30, never",
        "0000, 20, 30, never",
        "0100, 25, 35, known-before", // The nearest before each end.
        "0010, 25, 35, learned-in-window",
        "0001, 32, 38, learned-later", // No checkpoint inside the window.
        ".011, 20, 30, learned-in-window",
        "0.11, 20, 30, ",
        "001., 20, 30, ",
        "1111, 5, 30, " // No checkpoint before the window.
    })
    void anItemIsOfTheKindThatThreeCheckpointsSay(String right, long from, long to, String kind) {
        // Given
        var other = new ItemRef("b", "other");
        var all = new TreeMap<ItemRef, SortedMap<Long, Boolean>>(ItemOrder.BY_NAME);
        all.put(other, outcomes(right));
        all.put(new ItemRef("b", "selected"), outcomes(right));
        // When
        var known = KnownItems.of(spec(from, to), List.of(new ItemRef("b", "selected")), all);
        // Then
        assertThat(known)
                .isEqualTo(
                        kind == null
                                ? List.of()
                                : List.of(new UnselectedItems(kind, List.of(other))));
    }

    private static InterventionSpec spec(long from, long to) {
        return InterventionSpec.newBuilder(Specs.of(TestingSelection.of("i", 1, "control")))
                .setSelect(
                        SelectSpec.newBuilder()
                                .setBenchmark("b")
                                .setRule("all")
                                .setCheckpoints(List.of(10L, 20L, 30L, 40L))
                                .build())
                .setWindow(new StepRange(from, to))
                .build();
    }

    private static SortedMap<Long, Boolean> outcomes(String right) {
        var outcomes = new TreeMap<Long, Boolean>();
        for (int i = 0; i < right.length(); i++) {
            if (right.charAt(i) != '.') {
                outcomes.put(10L * (i + 1), right.charAt(i) == '1');
            }
        }
        return outcomes;
    }
}
