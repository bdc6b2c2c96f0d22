package io.retcon.deploy.bench.retrainings;

import static java.util.Objects.requireNonNull;

import io.retcon.deploy.demo.World;
import io.retcon.schemas.record.ChoiceScore;
import io.retcon.schemas.record.Effects;
import io.retcon.schemas.record.ItemRef;
import io.retcon.schemas.record.RetrainSpec;
import io.retcon.schemas.record.Retraining;
import io.retcon.schemas.record.RetrainingId;
import io.retcon.schemas.record.RetrainingState;
import io.retcon.schemas.record.Score;
import io.retcon.schemas.record.Selection;
import io.retcon.schemas.spec.InterventionSpec;
import io.retcon.schemas.spec.SpecReader;
import io.retcon.schemas.spec.SpecText;
import io.retcon.streams.effects.EffectEstimator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The demo's intervention with retrainings of a bank in the places of its own: the effects are what
 * the demo would print of them. Thread-safe.
 */
final class BankedIntervention {
    private static final String ID = "banked";

    private final InterventionSpec spec;
    private final BankOrigin origin;

    BankedIntervention(BankOrigin origin) {
        this.origin = requireNonNull(origin, "origin is null");
        this.spec = new SpecReader().read(origin.spec());
    }

    /**
     * @param arms arm to its retrainings, as many in each; those in the same place are paired
     */
    Effects effects(Map<String, List<Replicate>> arms) {
        int replicates = arms.values().iterator().next().size();
        var asked =
                InterventionSpec.newBuilder(spec)
                        .setArms(spec.arms().stream().filter(arms::containsKey).toList())
                        .setRetrain(
                                RetrainSpec.newBuilder(spec.retrain())
                                        .setReplicates(replicates)
                                        .build())
                        .build();
        var retrainings = new ArrayList<Retraining>();
        var scores = new ArrayList<Score>();
        arms.forEach(
                (arm, of) -> {
                    for (int place = 0; place < of.size(); place++) {
                        var id = new RetrainingId(ID, arm, place);
                        retrainings.add(retraining(asked, id));
                        scores(id, of.get(place), scores);
                    }
                });
        return EffectEstimator.estimate(selection(asked), retrainings, scores);
    }

    private Selection selection(InterventionSpec asked) {
        return Selection.newBuilder()
                .setIntervention(ID)
                .setSpec(new SpecText(asked).yaml())
                .setItems(
                        origin.selected().stream()
                                .map(item -> new ItemRef(World.BENCHMARK, item))
                                .toList())
                .setBenchmarkItems(Map.of(World.BENCHMARK, origin.items().size()))
                .build();
    }

    private static Retraining retraining(InterventionSpec asked, RetrainingId id) {
        return Retraining.newBuilder()
                .setId(id)
                .setRun(asked.run())
                .setWindow(asked.window())
                .setRetrain(asked.retrain())
                .setMetrics(asked.metrics())
                .setSeed(id.getReplicate())
                .setBenchmarks(List.of(World.BENCHMARK))
                .setDocuments(0)
                .setTruncated(0)
                .setState(RetrainingState.DONE)
                .setStepsDone(asked.window().getTo() - asked.window().getFrom())
                .build();
    }

    private void scores(RetrainingId id, Replicate replicate, List<Score> scores) {
        for (int item = 0; item < origin.items().size(); item++) {
            double margin = replicate.margin().get(item);
            scores.add(
                    Score.newBuilder()
                            .setRun(spec.run())
                            .setStep(spec.window().getTo())
                            .setRetraining(id)
                            .setBenchmark(World.BENCHMARK)
                            .setItem(origin.items().get(item))
                            .setChoices(
                                    List.of(
                                            new ChoiceScore(0.0, 1, 1, null),
                                            new ChoiceScore(-margin, 1, 1, null)))
                            .setGold(0)
                            .setCorrect(Map.of("acc_raw", replicate.right(item) == 1))
                            .setMargin(margin)
                            .setSubject(origin.items().get(item))
                            .build());
        }
    }
}
