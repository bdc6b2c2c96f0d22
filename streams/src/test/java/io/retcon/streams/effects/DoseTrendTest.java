package io.retcon.streams.effects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.retcon.schemas.record.ItemRef;
import io.retcon.schemas.record.RetrainingId;
import io.retcon.schemas.spec.Arm;
import io.retcon.schemas.spec.Specs;
import io.retcon.schemas.testing.SeededTest;
import io.retcon.streams.planning.TestingSelection;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;

class DoseTrendTest {
    private static final List<String> ARMS =
            List.of("control", "treated", "placebo", "dose-0.25", "dose-0.5");

    @SeededTest(tries = 20)
    void outcomesOnALineGiveItsSlope(Random random) {
        // Given
        var outcomes = OutcomeTable.of(List.of());
        var done = new TreeMap<String, TreeSet<Integer>>();
        var items = new ArrayList<ItemRef>();
        var slopes = new double[2][7];
        for (int i = 0; i < 7; i++) {
            items.add(new ItemRef("b", "q" + i));
        }
        for (int r = 0; r < 2; r++) {
            for (int i = 0; i < 7; i++) {
                slopes[r][i] = random.nextGaussian();
                double start = random.nextGaussian();
                for (var arm : ARMS) {
                    double share = Arm.named(arm).share();
                    double y = arm.equals("placebo") ? 99 : start + share * slopes[r][i];
                    var id = new RetrainingId("i", arm, r);
                    outcomes.put(id, items.get(i), new ItemOutcome(0, 0, y, "", ""));
                    done.computeIfAbsent(arm, first -> new TreeSet<>()).add(r);
                }
            }
        }
        var spec = Specs.of(TestingSelection.of("i", 1, ARMS.toArray(String[]::new)));
        var finished =
                new FinishedArms(
                        spec,
                        done,
                        Map.of(),
                        Map.of(),
                        Map.of(),
                        Map.of(),
                        List.of(0, 1, 2, 3),
                        List.of());
        // When
        var trend =
                DoseTrend.of(ARMS, finished, outcomes, new ItemGroup("b", items), "margin")
                        .orElseThrow();
        // Then
        assertThat(trend.arms()).isEqualTo(4);
        for (int r = 0; r < 2; r++) {
            for (int i = 0; i < 7; i++) {
                assertThat(trend.slopes()[r][i]).isCloseTo(slopes[r][i], within(1e-9));
            }
        }
    }
}
