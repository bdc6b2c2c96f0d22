package io.retcon.streams.planning;

import io.retcon.schemas.record.FactorSpec;
import io.retcon.schemas.record.ItemRef;
import io.retcon.schemas.record.RetrainSpec;
import io.retcon.schemas.record.SelectSpec;
import io.retcon.schemas.record.Selection;
import io.retcon.schemas.record.StepRange;
import io.retcon.schemas.spec.Arm;
import io.retcon.schemas.spec.CooccurrenceSpec;
import io.retcon.schemas.spec.InterventionSpec;
import io.retcon.schemas.spec.SpecText;
import io.retcon.schemas.spec.SwapSpec;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A selection over steps 0-3 of run 'run', donors from 3-6, two replicates of the arms. */
public final class TestingSelection {
    private TestingSelection() {}

    public static Selection of(String intervention, long seed, String... arms) {
        var spec =
                InterventionSpec.newBuilder()
                        .setName("test")
                        .setRun("run")
                        .setSelect(select())
                        .setFactors(factors(arms))
                        .setWindow(new StepRange(0L, 3L))
                        .setMatch(CooccurrenceSpec.plain())
                        .setOperate(List.of(SwapSpec.of(3, 6)))
                        .setArms(List.of(arms))
                        .setRetrain(RetrainSpec.newBuilder().setReplicates(2).build())
                        .setMetrics(List.of("acc_raw"))
                        .setSeed(seed)
                        .build();
        return Selection.newBuilder()
                .setIntervention(intervention)
                .setSpec(new SpecText(spec).yaml())
                .setItems(List.of(new ItemRef("b", "q0")))
                .setBenchmarkItems(Map.of("z", 3, "b", 7))
                .build();
    }

    private static SelectSpec select() {
        return SelectSpec.newBuilder().setBenchmark("b").setRule("all").build();
    }

    /** As many as the arms have digits: none but for rows of a factorial design. */
    private static List<FactorSpec> factors(String... arms) {
        int digits = Stream.of(arms).mapToInt(arm -> Arm.named(arm).row().length()).max().orElse(0);
        return IntStream.range(0, digits)
                .mapToObj(factor -> new FactorSpec("f" + factor, select()))
                .toList();
    }
}
