package io.retcon.indexer.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.retcon.indexer.index.WindowDocuments;
import io.retcon.indexer.match.ItemMatches;
import io.retcon.indexer.match.SparseRows;
import io.retcon.schemas.record.DocumentRef;
import io.retcon.schemas.record.ItemRef;
import io.retcon.schemas.record.RetrainSpec;
import io.retcon.schemas.record.Role;
import io.retcon.schemas.record.SelectSpec;
import io.retcon.schemas.record.Selection;
import io.retcon.schemas.record.StepRange;
import io.retcon.schemas.spec.CooccurrenceSpec;
import io.retcon.schemas.spec.DonorsSpec;
import io.retcon.schemas.spec.InterventionSpec;
import io.retcon.schemas.spec.SpecText;
import io.retcon.schemas.spec.SwapSpec;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One item is selected, one is not; a donor that matches the other one teaches it early. */
class RoleRecordsTest {
    private static final ItemRef SELECTED = new ItemRef("b", "selected");
    private static final ItemRef OTHER = new ItemRef("b", "other");
    private static final int PLAIN = 0;
    private static final int MATCHES_SELECTED = 1;
    private static final int MATCHES_OTHER = 2;

    @ParameterizedTest
    @CsvSource({"benchmark, 1", "selected, 2"})
    void aDonorThatTeachesAnItemOfTheBenchmarkIsTakenOnlyWhereTheSpecSaysSo(
            String exclude, int taken) {
        // Given
        var donors = window(50, 3);
        var roles =
                new RoleRecords(
                        selection(exclude),
                        List.of(OTHER),
                        window(3, 1),
                        Optional.of(donors),
                        Optional.empty());
        var found = new ArrayList<Long>();
        // When
        roles.forEach(
                (_, match) -> {
                    if (match.getRole().equals(Optional.of(Role.DONOR))) {
                        found.add(match.getDocument().orElseThrow().getStep() - 50);
                    }
                });
        // Then
        assertThat(found)
                .hasSize(taken)
                .contains((long) PLAIN)
                .doesNotContain((long) MATCHES_SELECTED);
        assertThat(found.contains((long) MATCHES_OTHER)).isEqualTo(taken == 2);
    }

    /** A document a step: the first matches nothing, then the selected item, then the other. */
    private static MatchedWindow window(long from, int documents) {
        var places = new ArrayList<DocumentRef>();
        for (int i = 0; i < documents; i++) {
            places.add(new DocumentRef("d" + (from + i), from + i, 0, 0, 4));
        }
        return new MatchedWindow(
                WindowDocuments.of(places),
                SparseRows.byDocument(
                        sink -> {
                            if (documents > MATCHES_OTHER) {
                                sink.accept(found(MATCHES_SELECTED));
                                sink.accept(found(MATCHES_OTHER));
                            }
                        },
                        documents),
                Optional.empty());
    }

    private static ItemMatches.Scored found(int document) {
        return new ItemMatches.Scored(document - 1, new int[] {document}, new double[] {1});
    }

    private static Selection selection(String exclude) {
        var spec =
                InterventionSpec.newBuilder()
                        .setName("i")
                        .setRun("r")
                        .setSelect(SelectSpec.newBuilder().setBenchmark("b").setRule("all").build())
                        .setWindow(new StepRange(0L, 10L))
                        .setMatch(CooccurrenceSpec.plain())
                        .setOperate(
                                List.of(
                                        new SwapSpec(
                                                new DonorsSpec(50L, 60L, exclude),
                                                null,
                                                null,
                                                null)))
                        .setArms(List.of("control", "treated"))
                        .setRetrain(RetrainSpec.newBuilder().setReplicates(1).build())
                        .setMetrics(List.of("acc_raw"))
                        .setSeed(1)
                        .build();
        return Selection.newBuilder()
                .setIntervention("i")
                .setSpec(new SpecText(spec).yaml())
                .setItems(List.of(SELECTED))
                .setBenchmarkItems(Map.of("b", 2))
                .build();
    }
}
