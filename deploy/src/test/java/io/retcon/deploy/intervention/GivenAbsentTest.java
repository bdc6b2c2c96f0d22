package io.retcon.deploy.intervention;

import static org.assertj.core.api.Assertions.assertThat;

import io.retcon.schemas.record.DocumentRef;
import io.retcon.schemas.record.ItemRef;
import io.retcon.schemas.record.Selection;
import io.retcon.schemas.spec.SpecReader;
import io.retcon.schemas.spec.SpecText;
import io.retcon.streams.planning.MatchedDocuments;
import io.retcon.streams.planning.Target;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.Optional;

class GivenAbsentTest {
    private static final ItemRef FIRST = new ItemRef("b", "q1");
    private static final ItemRef SECOND = new ItemRef("b", "q2");

    @Test
    void whatNobodyGoesByIsCountedAndTheFirstIsNamed() {
        // When
        var absent = of("{ q1: [d1, d2], 'b\\:q2': [d3], q9: [d1] }");
        // Then
        assertThat(absent.orElseThrow().text().lines())
                .containsExactly(
                        "given     2 of the 3 documents given to selected items are not in the"
                                + " window, the first: b\\:q2, d3",
                        "given     1 of the 3 items that are named are not selected, the first:"
                                + " q9");
    }

    @Test
    void aNameInAnotherBenchmarkIsNotTheItems() {
        // When
        var absent = of("{ 'c\\:q1': [d1] }");
        // Then
        assertThat(absent.orElseThrow().unselected()).containsExactly("c\\:q1");
        assertThat(absent.orElseThrow().absent()).isEmpty();
    }

    @Test
    void nothingIsSaidWhereEveryNameIsSomebodys() {
        assertThat(of("{ q1: [d1] }")).isEmpty();
    }

    /** Of a window in which d1 matches q1. */
    private static Optional<GivenAbsent> of(String ids) {
        var spec =
                new SpecReader()
                        .read(
                                """
                                name: judged
                                run: r
                                select: { benchmark: b, rule: all }
                                window: { from: 0, to: 2 }
                                match: { matcher: given, ids: IDS }
                                operate: { operation: mask }
                                """
                                        .replace("IDS", ids));
        var selection =
                Selection.newBuilder()
                        .setIntervention("i")
                        .setSpec(new SpecText(spec).yaml())
                        .setItems(List.of(FIRST, SECOND))
                        .setBenchmarkItems(Map.of("b", 3))
                        .build();
        var matched =
                new MatchedDocuments(
                        List.of(new Target(new DocumentRef("d1", 0L, 0, 0, 5), List.of(FIRST))),
                        List.of(),
                        List.of(),
                        List.of(),
                        Map.of());
        return GivenAbsent.of(selection, matched);
    }
}
