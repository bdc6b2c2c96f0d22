package io.retcon.schemas.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.contract.RecordContract;
import io.retcon.schemas.record.Selection;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.Map;

class SpecsTest {
    private static final String SPEC =
            """
            name: %s
            run: r
            select: { benchmark: b, rule: all }
            window: { from: 0, to: 2 }
            match: { matcher: cooccurrence }
            operate: { operation: mask }
            """;

    @Test
    void aTextIsReadOnceWhileItIsInUse() {
        // Given
        var first = Specs.of(selection(SPEC.formatted("first")));
        // When
        for (int i = 0; i < 999; i++) {
            Specs.of(selection(SPEC.formatted("other-" + i)));
        }
        // Then
        assertThat(Specs.of(selection(SPEC.formatted("first")))).isSameAs(first);
        for (int i = 0; i < 1000; i++) {
            Specs.of(selection(SPEC.formatted("more-" + i)));
        }
        assertThat(Specs.of(selection(SPEC.formatted("first")))).isEqualTo(first);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "run: r | nur: r",
                "operation: mask | operation: duplicate, times: 2147483647",
                "matcher: cooccurrence | matcher: telepathy",
                "match: { matcher: cooccurrence } | match: [{ matcher: bm25 }, { matcher: dense }]",
                "window: { from: 0, to: 2 } | trigger: on-checkpoint"
            })
    void aSelectionWhoseTextIsNoSpecIsRefusedWhereverItIsDecoded(String good, String bad) {
        // Given
        var selection = selection(SPEC.formatted("n").replace(good, bad));
        RecordContract.check(selection(SPEC.formatted("n")));
        // When, Then
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> RecordContract.check(selection))
                    .isInstanceOf(RefusedInput.class)
                    .hasMessageStartingWith("its 'spec': line ");
        }
    }

    private static Selection selection(String spec) {
        return Selection.newBuilder()
                .setIntervention("i")
                .setSpec(spec)
                .setItems(List.of())
                .setBenchmarkItems(Map.of())
                .build();
    }
}
