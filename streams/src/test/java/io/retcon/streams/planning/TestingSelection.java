package io.retcon.streams.planning;

import io.retcon.schemas.record.InterventionSpec;
import io.retcon.schemas.record.ItemRef;
import io.retcon.schemas.record.MatchSpec;
import io.retcon.schemas.record.OperateSpec;
import io.retcon.schemas.record.RetrainSpec;
import io.retcon.schemas.record.SelectSpec;
import io.retcon.schemas.record.Selection;
import io.retcon.schemas.record.StepRange;

import java.util.List;
import java.util.Map;

/** A selection over steps 0-3 of run 'run', donors from 3-6, two replicates. */
public final class TestingSelection {
    private TestingSelection() {}

    public static Selection of(String intervention, long seed, String... arms) {
        var spec =
                InterventionSpec.newBuilder()
                        .setName("test")
                        .setRun("run")
                        .setSelect(SelectSpec.newBuilder().setBenchmark("b").setRule("all").build())
                        .setWindow(new StepRange(0L, 3L))
                        .setMatch(MatchSpec.newBuilder().setMatcher("cooccurrence").build())
                        .setOperate(
                                List.of(
                                        OperateSpec.newBuilder()
                                                .setOperation("swap")
                                                .setDonors(new StepRange(3L, 6L))
                                                .build()))
                        .setArms(List.of(arms))
                        .setRetrain(RetrainSpec.newBuilder().setReplicates(2).build())
                        .setMetrics(List.of("acc_raw"))
                        .setSeed(seed)
                        .build();
        return Selection.newBuilder()
                .setIntervention(intervention)
                .setSpec(spec)
                .setItems(List.of(new ItemRef("b", "q0")))
                .setBenchmarkItems(Map.of("z", 3, "b", 7))
                .build();
    }
}
