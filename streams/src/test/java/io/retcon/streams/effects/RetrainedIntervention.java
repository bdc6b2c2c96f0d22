package io.retcon.streams.effects;

import io.retcon.schemas.record.ChoiceScore;
import io.retcon.schemas.record.ItemRef;
import io.retcon.schemas.record.RetrainSpec;
import io.retcon.schemas.record.Retraining;
import io.retcon.schemas.record.RetrainingId;
import io.retcon.schemas.record.RetrainingState;
import io.retcon.schemas.record.Score;
import io.retcon.schemas.record.SelectSpec;
import io.retcon.schemas.record.Selection;
import io.retcon.schemas.record.StepRange;
import io.retcon.schemas.spec.CooccurrenceSpec;
import io.retcon.schemas.spec.InterventionSpec;
import io.retcon.schemas.spec.SpecText;
import io.retcon.schemas.spec.Specs;
import io.retcon.schemas.spec.SwapSpec;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** An intervention on two benchmarks with all that its retrainings left in the topics. */
record RetrainedIntervention(
        Selection selection, List<Retraining> retrainings, List<Score> scores) {
    static final String ID = "0123456789abcdef";
    static final int ITEMS = 6;
    private static final List<String> BENCHMARKS = List.of("b/0", "b/1");

    /** Half of the items are selected; treatment makes the selected ones wrong more often. */
    static RetrainedIntervention random(Random random, int replicates) {
        var spec = spec(replicates);
        var selected = new ArrayList<ItemRef>();
        var counts = new TreeMap<String, Integer>();
        for (var benchmark : BENCHMARKS) {
            counts.put(benchmark, ITEMS);
            for (int item = 0; item < ITEMS / 2; item++) {
                selected.add(new ItemRef(benchmark, "i" + item));
            }
        }
        var retrainings = new ArrayList<Retraining>();
        var scores = new ArrayList<Score>();
        for (var arm : spec.arms()) {
            for (int replicate = 0; replicate < replicates; replicate++) {
                var id = new RetrainingId(ID, arm, replicate);
                retrainings.add(retraining(spec, id, RetrainingState.DONE));
                for (var benchmark : BENCHMARKS) {
                    for (int item = 0; item < ITEMS; item++) {
                        double shift = arm.equals("treated") && item < ITEMS / 2 ? -2 : 1;
                        double margin = shift + random.nextGaussian();
                        scores.add(score(id, spec, new ItemRef(benchmark, "i" + item), margin));
                    }
                }
            }
        }
        return new RetrainedIntervention(
                Selection.newBuilder()
                        .setIntervention(ID)
                        .setSpec(new SpecText(spec).yaml())
                        .setItems(selected)
                        .setBenchmarkItems(counts)
                        .build(),
                retrainings,
                scores);
    }

    /** The same, but that one retraining failed before it was scored. */
    RetrainedIntervention failing(RetrainingId failed) {
        return new RetrainedIntervention(
                selection,
                retrainings.stream()
                        .map(
                                retraining ->
                                        retraining.getId().equals(failed)
                                                ? retraining(
                                                        Specs.of(selection),
                                                        failed,
                                                        RetrainingState.FAILED)
                                                : retraining)
                        .toList(),
                scores.stream()
                        .filter(score -> !score.getRetraining().orElseThrow().equals(failed))
                        .toList());
    }

    /** The same by another spec; an arm that it has no more is the one in its place. */
    RetrainedIntervention with(UnaryOperator<InterventionSpec.Builder> change) {
        var spec = change.apply(InterventionSpec.newBuilder(Specs.of(selection))).build();
        return new RetrainedIntervention(
                Selection.newBuilder(selection).setSpec(new SpecText(spec).yaml()).build(),
                retrainings.stream()
                        .map(
                                of ->
                                        Retraining.newBuilder(of)
                                                .setRetrain(spec.retrain())
                                                .setMetrics(spec.metrics())
                                                .setId(renamed(of.getId(), spec))
                                                .build())
                        .toList(),
                scores.stream()
                        .map(
                                of ->
                                        Score.newBuilder(of)
                                                .setRetraining(
                                                        renamed(
                                                                of.getRetraining().orElseThrow(),
                                                                spec))
                                                .build())
                        .toList());
    }

    /** The same under another id, scored at its window's end. */
    RetrainedIntervention under(String id) {
        long step = Specs.of(selection).window().getTo();
        return new RetrainedIntervention(
                Selection.newBuilder(selection).setIntervention(id).build(),
                retrainings.stream()
                        .map(of -> Retraining.newBuilder(of).setId(of(id, of.getId())).build())
                        .toList(),
                scores.stream()
                        .map(
                                of ->
                                        Score.newBuilder(of)
                                                .setStep(step)
                                                .setRetraining(
                                                        of(id, of.getRetraining().orElseThrow()))
                                                .build())
                        .toList());
    }

    private static RetrainingId of(String id, RetrainingId retraining) {
        return new RetrainingId(id, retraining.getArm(), retraining.getReplicate());
    }

    private RetrainingId renamed(RetrainingId id, InterventionSpec spec) {
        int place = Specs.of(selection).arms().indexOf(id.getArm());
        return new RetrainingId(id.getIntervention(), spec.arms().get(place), id.getReplicate());
    }

    /** The same with other scores. */
    RetrainedIntervention scoring(UnaryOperator<Score.Builder> change) {
        return new RetrainedIntervention(
                selection,
                retrainings,
                scores.stream().map(of -> change.apply(Score.newBuilder(of)).build()).toList());
    }

    /** The same, but that no item was selected. */
    RetrainedIntervention selectingNothing() {
        return new RetrainedIntervention(
                Selection.newBuilder(selection).setItems(List.of()).build(), retrainings, scores);
    }

    double mean(String arm, String metric, Stream<ItemRef> items) {
        return items.flatMapToDouble(
                        item ->
                                scores.stream()
                                        .filter(s -> s.getItem().equals(item.getId()))
                                        .filter(s -> s.getBenchmark().equals(item.getBenchmark()))
                                        .filter(s -> of(arm, s))
                                        .mapToDouble(s -> value(metric, s)))
                .average()
                .orElseThrow();
    }

    private static boolean of(String arm, Score score) {
        return score.getRetraining().orElseThrow().getArm().equals(arm);
    }

    private static double value(String metric, Score score) {
        if (metric.equals("margin")) {
            return score.getMargin();
        }
        return score.getCorrect().get(metric) ? 1 : 0;
    }

    private static InterventionSpec spec(int replicates) {
        return InterventionSpec.newBuilder()
                .setName("n")
                .setRun("r")
                .setSelect(SelectSpec.newBuilder().setBenchmark("b/").setRule("all").build())
                .setWindow(new StepRange(1L, 2L))
                .setMatch(CooccurrenceSpec.plain())
                .setOperate(List.of(SwapSpec.of(2, 3)))
                .setArms(List.of("control", "treated", "placebo"))
                .setRetrain(RetrainSpec.newBuilder().setReplicates(replicates).build())
                .setMetrics(List.of("acc_raw", "margin"))
                .setSeed(5)
                .build();
    }

    private static Retraining retraining(
            InterventionSpec spec, RetrainingId id, RetrainingState state) {
        return Retraining.newBuilder()
                .setId(id)
                .setRun(spec.run())
                .setWindow(spec.window())
                .setRetrain(spec.retrain())
                .setMetrics(spec.metrics())
                .setSeed(id.getReplicate())
                .setBenchmarks(BENCHMARKS)
                .setDocuments(id.getArm().equals("control") ? 0 : 17)
                .setTruncated(id.getArm().equals("treated") ? 23 : 0)
                .setState(state)
                .setStepsDone(1)
                .build();
    }

    private static Score score(
            RetrainingId id, InterventionSpec spec, ItemRef item, double margin) {
        return new Score(
                spec.run(),
                spec.window().getTo(),
                id,
                item.getBenchmark(),
                item.getId(),
                List.of(new ChoiceScore(0.0, 1, 1, null), new ChoiceScore(-margin, 1, 1, null)),
                0,
                Map.of("acc_raw", margin > 0),
                margin,
                item.getId(),
                null);
    }
}
