package io.retcon.deploy.report;

import io.retcon.schemas.record.Checkpoint;
import io.retcon.schemas.record.Effect;
import io.retcon.schemas.record.Effects;
import io.retcon.schemas.record.RetrainSpec;
import io.retcon.schemas.record.Retraining;
import io.retcon.schemas.record.RetrainingId;
import io.retcon.schemas.record.RetrainingState;
import io.retcon.schemas.record.SelectSpec;
import io.retcon.schemas.record.StepRange;
import io.retcon.schemas.spec.CooccurrenceSpec;
import io.retcon.schemas.spec.InterventionSpec;
import io.retcon.schemas.spec.SwapSpec;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reports as the demo would make them. */
public final class TestingReports {
    static final List<String> ARMS = List.of("control", "treated", "placebo");

    private TestingReports() {}

    public static Effect effect(
            String contrast,
            String benchmark,
            String metric,
            double estimate,
            double low,
            double high) {
        return Effect.newBuilder()
                .setContrast(contrast)
                .setBenchmark(benchmark)
                .setMetric(metric)
                .setEstimate(estimate)
                .setLow(low)
                .setHigh(high)
                .setLevel(0.95)
                .setP(low > 0 || high < 0 ? 0.0002 : 0.41)
                .setMinimumDetectable(0.12)
                .setItems(19)
                .setReplicates(3)
                .setCaveats(List.of("Replicates differ in the order of the window's steps only."))
                .build();
    }

    /** The same estimate of one retraining of each arm: nobody knows how sure it is. */
    static Effect unsure(Effect effect) {
        return Effect.newBuilder(effect)
                .setLow(Double.NEGATIVE_INFINITY)
                .setHigh(Double.POSITIVE_INFINITY)
                .setP(Double.NaN)
                .setQ(Double.NaN)
                .setMinimumDetectable(Double.NaN)
                .setReplicates(1)
                .build();
    }

    /** The same estimate as the one that its intervention was made for. */
    static Effect primary(Effect effect) {
        return Effect.newBuilder(effect).setFamily("primary").setAdjustedBy("none").build();
    }

    /** The same estimates of one retraining of each arm. */
    static Effects unsure(Effects effects) {
        return Effects.newBuilder(effects)
                .setEffects(effects.getEffects().stream().map(TestingReports::unsure).toList())
                .build();
    }

    /** Effects of a window whose removal mattered. */
    static Effects clear() {
        var all = new ArrayList<Effect>();
        for (var benchmark : List.of("world/born-in", "unselected:world/born-in")) {
            double size = benchmark.startsWith("unselected") ? 0.02 : 1;
            all.add(
                    effect(
                            "treated-control",
                            benchmark,
                            "acc_raw",
                            -0.81 * size,
                            -0.93 * size,
                            -0.65 * size));
            all.add(
                    effect(
                            "treated-placebo",
                            benchmark,
                            "acc_raw",
                            -0.79 * size,
                            -0.91 * size,
                            -0.63 * size));
            all.add(effect("placebo-control", benchmark, "acc_raw", -0.02, -0.07, 0.02));
            all.add(
                    effect(
                            "treated-control",
                            benchmark,
                            "margin",
                            -6.2 * size,
                            -7.1 * size,
                            -5.4 * size));
            all.add(
                    effect(
                            "treated-placebo",
                            benchmark,
                            "margin",
                            -6.1 * size,
                            -6.9 * size,
                            -5.2 * size));
            all.add(effect("placebo-control", benchmark, "margin", -0.1, -0.4, 0.3));
        }
        return effects("remove-cooccurrence-400", all);
    }

    public static Effects effects(String name, List<Effect> effects) {
        return Effects.newBuilder()
                .setIntervention("9f2c4b7a1d3e5f60")
                .setName(name)
                .setRun("world")
                .setWindow(new StepRange(300L, 400L))
                .setItems(19)
                .setDocuments(1330)
                .setEffects(effects)
                .setArms(
                        Map.of(
                                "control", Map.of("acc_raw", 1.0, "margin", 4.9),
                                "treated", Map.of("acc_raw", 0.19, "margin", -1.3),
                                "placebo", Map.of("acc_raw", 0.98, "margin", 4.8)))
                .setTruncated(Map.of("treated", 210L, "placebo", 180L))
                .build();
    }

    static InterventionSpec spec() {
        return InterventionSpec.newBuilder()
                .setName("remove-cooccurrence-400")
                .setRun("world")
                .setSelect(
                        SelectSpec.newBuilder()
                                .setBenchmark("world/born-in")
                                .setRule("learned-at")
                                .setStep(400L)
                                .setMetric("acc_raw")
                                .build())
                .setWindow(new StepRange(300L, 400L))
                .setMatch(CooccurrenceSpec.plain())
                .setOperate(List.of(SwapSpec.of(400, 500)))
                .setArms(ARMS)
                .setRetrain(RetrainSpec.newBuilder().setReplicates(3).build())
                .setMetrics(List.of("acc_raw", "margin"))
                .setSeed(1L)
                .build();
    }

    static Report report(Effects effects, InterventionSpec spec, String specText) {
        var retrainings = new ArrayList<Retraining>();
        var checkpoints = new ArrayList<Checkpoint>();
        checkpoints.add(checkpoint(Optional.empty(), 300, "a0"));
        for (var arm : spec.arms()) {
            for (int r = 0; r < 3; r++) {
                var id = new RetrainingId(effects.getIntervention(), arm, r);
                var sha = "%02x".formatted(arm.length() * 16 + r);
                checkpoints.add(checkpoint(Optional.of(id), 400, sha));
                retrainings.add(
                        Retraining.newBuilder()
                                .setId(id)
                                .setRun(spec.run())
                                .setWindow(spec.window())
                                .setRetrain(spec.retrain())
                                .setMetrics(spec.metrics())
                                .setSeed(71L + r)
                                .setBenchmarks(List.of("world/born-in"))
                                .setDocuments(arm.equals("control") ? 0 : 1330)
                                .setTruncated(0)
                                .setState(RetrainingState.DONE)
                                .setStepsDone(100)
                                .setSha256(sha.repeat(32))
                                .build());
            }
        }
        var curve =
                new LearningCurve(
                        "acc_raw",
                        List.of(
                                new LearningCurve.Point(0, 0, 0.06),
                                new LearningCurve.Point(100, 0, 0.14),
                                new LearningCurve.Point(200, 0, 0.36),
                                new LearningCurve.Point(300, 0, 0.58),
                                new LearningCurve.Point(400, 1, 0.62),
                                new LearningCurve.Point(500, 1, 0.81),
                                new LearningCurve.Point(600, 1, 0.97)));
        var truth =
                new MatcherTruth(
                        List.of(
                                new MatcherTruth.Row(
                                        "states the fact", MatcherTruth.Meaning.STATES, 1216, 1216),
                                new MatcherTruth.Row(
                                        "states it without a name",
                                        MatcherTruth.Meaning.STATES,
                                        57,
                                        0),
                                new MatcherTruth.Row(
                                        "names both, states something else",
                                        MatcherTruth.Meaning.DOES_NOT_STATE,
                                        114,
                                        114)));
        return new Report(
                effects,
                spec,
                specText,
                retrainings,
                checkpoints,
                Optional.of(curve),
                Optional.of(truth));
    }

    private static Checkpoint checkpoint(Optional<RetrainingId> retraining, long step, String sha) {
        return Checkpoint.newBuilder()
                .setRun("world")
                .setStep(step)
                .setRetraining(retraining.orElse(null))
                .setLocation("checkpoints/" + sha)
                .setSha256(sha.repeat(32))
                .setParentSha256(retraining.isPresent() ? "a0".repeat(32) : null)
                .setEngine("nd4j")
                .setThreads(2)
                .build();
    }
}
