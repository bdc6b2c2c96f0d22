package io.retcon.streams.effects;

import io.retcon.schemas.record.ChoiceScore;
import io.retcon.schemas.record.FactorSpec;
import io.retcon.schemas.record.ItemRef;
import io.retcon.schemas.record.RetrainSpec;
import io.retcon.schemas.record.Retraining;
import io.retcon.schemas.record.RetrainingId;
import io.retcon.schemas.record.RetrainingState;
import io.retcon.schemas.record.Score;
import io.retcon.schemas.record.SelectSpec;
import io.retcon.schemas.record.Selection;
import io.retcon.schemas.record.StepRange;
import io.retcon.schemas.spec.Arm;
import io.retcon.schemas.spec.CooccurrenceSpec;
import io.retcon.schemas.spec.FactorialDesign;
import io.retcon.schemas.spec.InterventionSpec;
import io.retcon.schemas.spec.MaskSpec;
import io.retcon.schemas.spec.SpecText;
import io.retcon.schemas.topic.Keys;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Retrainings of a factorial design in which the truth is known.
 *
 * @param own each factor's effect on the margin of its own items
 * @param collateral each factor's effect on the margin of every other item
 * @param interaction how much more the first two factors do together, to every item
 * @param retraining standard deviation between retrainings
 * @param items of each factor, and as many of none
 */
record FactorialRetrainings(
        FactorialDesign design,
        double[] own,
        double collateral,
        double interaction,
        double retraining,
        int items) {
    static final String BENCHMARK = "b";

    RetrainedIntervention draw(Random random) {
        var spec = spec();
        var selected = new ArrayList<ItemRef>();
        var ofItem = new TreeMap<String, Integer>();
        var all = new ArrayList<ItemRef>();
        for (int i = 0; i < (own.length + 1) * items; i++) {
            var item = new ItemRef(BENCHMARK, "i%03d".formatted(i));
            all.add(item);
            if (i / items < own.length) {
                selected.add(item);
                ofItem.put(Keys.item(item), i / items);
            }
        }
        var base = all.stream().mapToDouble(item -> random.nextGaussian()).toArray();
        var retrainings = new ArrayList<Retraining>();
        var scores = new ArrayList<Score>();
        for (int row = 0; row < spec.arms().size(); row++) {
            var id = new RetrainingId(RetrainedIntervention.ID, spec.arms().get(row), 0);
            retrainings.add(retraining(spec, id));
            double shift = retraining * random.nextGaussian();
            for (int i = 0; i < all.size(); i++) {
                double margin =
                        base[i] + shift + truth(row, i / items) + 0.5 * random.nextGaussian();
                scores.add(score(spec, id, all.get(i), margin));
            }
        }
        return new RetrainedIntervention(
                Selection.newBuilder()
                        .setIntervention(RetrainedIntervention.ID)
                        .setSpec(new SpecText(spec).yaml())
                        .setItems(selected)
                        .setBenchmarkItems(Map.of(BENCHMARK, all.size()))
                        .setFactors(ofItem)
                        .build(),
                retrainings,
                scores);
    }

    private double truth(int row, int factorOfItem) {
        double sum = design.isOn(row, 0) && design.isOn(row, 1) ? interaction : 0;
        for (int f = 0; f < own.length; f++) {
            if (design.isOn(row, f)) {
                sum += f == factorOfItem ? own[f] : collateral;
            }
        }
        return sum;
    }

    private InterventionSpec spec() {
        var factors = new ArrayList<FactorSpec>();
        for (int f = 0; f < own.length; f++) {
            factors.add(new FactorSpec("f" + f, select()));
        }
        return InterventionSpec.newBuilder()
                .setName("n")
                .setRun("r")
                .setSelect(select())
                .setWindow(new StepRange(1L, 2L))
                .setMatch(CooccurrenceSpec.plain())
                .setOperate(List.of(new MaskSpec()))
                .setArms(design.arms().stream().map(Arm::label).toList())
                .setRetrain(RetrainSpec.newBuilder().setReplicates(1).build())
                .setMetrics(List.of("margin"))
                .setSeed(3)
                .setFactors(factors)
                .build();
    }

    private static SelectSpec select() {
        return SelectSpec.newBuilder().setBenchmark(BENCHMARK).setRule("all").build();
    }

    private Retraining retraining(InterventionSpec spec, RetrainingId id) {
        var arm = Arm.named(id.getArm());
        return Retraining.newBuilder()
                .setId(id)
                .setRun(spec.run())
                .setWindow(spec.window())
                .setRetrain(spec.retrain())
                .setMetrics(spec.metrics())
                .setSeed(1)
                .setBenchmarks(List.of(BENCHMARK))
                .setDocuments(10 * arm.row().chars().filter(digit -> digit == '1').count())
                .setTruncated(0)
                .setState(RetrainingState.DONE)
                .setStepsDone(1)
                .build();
    }

    private static Score score(
            InterventionSpec spec, RetrainingId id, ItemRef item, double margin) {
        return Score.newBuilder()
                .setRun(spec.run())
                .setStep(spec.window().getTo())
                .setRetraining(id)
                .setBenchmark(item.getBenchmark())
                .setItem(item.getId())
                .setChoices(
                        List.of(
                                new ChoiceScore(0.0, 1, 1, null),
                                new ChoiceScore(-margin, 1, 1, null)))
                .setGold(0)
                .setCorrect(Map.of("acc_raw", margin > 0))
                .setMargin(margin)
                .build();
    }
}
