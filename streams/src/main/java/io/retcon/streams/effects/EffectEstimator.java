package io.retcon.streams.effects;

import io.retcon.schemas.record.Effect;
import io.retcon.schemas.record.Effects;
import io.retcon.schemas.record.ItemRef;
import io.retcon.schemas.record.Match;
import io.retcon.schemas.record.Retraining;
import io.retcon.schemas.record.Score;
import io.retcon.schemas.record.Selection;
import io.retcon.schemas.spec.Arm;
import io.retcon.schemas.spec.Contrast;
import io.retcon.schemas.spec.Specs;
import io.retcon.streams.statistics.PairedOutcomes;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Estimates everything that an intervention's spec asks for: every contrast of its arms, on the
 * selected items and on the others of the same benchmarks, by every metric; and how its matcher's
 * documents differ in effect from other matchers'. Not thread-safe.
 */
public final class EffectEstimator {

    private final Selection selection;
    private final FinishedArms arms;
    private final OutcomeTable outcomes;
    private final Answer answer;
    private final Queue<Question> open = new ArrayDeque<>();
    private final Queue<Supplier<Effect>> differences = new ArrayDeque<>();
    private final Set<String> foreign = new HashSet<>();
    private final List<Effect> answered = new ArrayList<>();
    private final Map<Question, FactorialQuestion> factorial = new HashMap<>();

    /** Of an intervention by itself. */
    EffectEstimator(Retrained own) {
        this(own, List.of());
    }

    /**
     * @param others that differ from it in their matchers alone
     */
    EffectEstimator(Retrained own, Collection<Retrained> others) {
        this.selection = own.selection();
        this.arms = own.arms();
        this.outcomes = own.outcomes();
        this.answer = new Answer(selection, outcomes);
        var spec = Specs.of(selection);
        for (var asked : FactorialQuestion.of(selection, outcomes.items())) {
            for (var metric : spec.metrics()) {
                var question = new Question(asked.group(), metric, asked.contrast());
                factorial.put(question, asked);
                open.add(question);
            }
        }
        if (!factorial.isEmpty()) {
            return;
        }
        for (var group : ItemGroup.of(selection, outcomes.items())) {
            for (var metric : spec.metrics()) {
                for (var contrast : Contrast.among(spec.arms())) {
                    open.add(new Question(group, metric, contrast));
                }
            }
        }
        askOfMatchers(Stream.concat(Stream.of(own), others.stream()).toList());
    }

    /** All differences are judged together; those of other matchers are not ours to publish. */
    private void askOfMatchers(List<Retrained> interventions) {
        for (var difference : MatcherDifference.among(interventions)) {
            for (var metric : Specs.of(selection).metrics()) {
                differences.add(() -> difference.by(metric));
            }
            if (!difference.isOf(selection.getIntervention())) {
                foreign.add(difference.contrast().toString());
            }
        }
    }

    /**
     * Deterministic in the spec's seed, whatever the order of what it is given.
     *
     * @param retrainings that came to an end, done or failed, at most one of each arm and replicate
     * @param scores of the done ones, each after its last step
     */
    public static Effects estimate(
            Selection selection, Collection<Retraining> retrainings, Collection<Score> scores) {
        var estimator =
                new EffectEstimator(Retrained.of(selection, retrainings, OutcomeTable.of(scores)));
        while (!estimator.finished()) {
            estimator.estimateOne();
        }
        return estimator.effects();
    }

    /**
     * For a spec that asks for matched items: the selection without the others, which then are left
     * out of the outcomes, too, for they are not what was left alone by chance.
     *
     * @param closing the record that closes the matching, which names the matched items
     */
    static Selection onlyMatched(Selection selection, Match closing, OutcomeTable outcomes) {
        var matched = Set.copyOf(closing.getItems());
        var left = new ArrayList<>(selection.getItems());
        left.removeAll(matched);
        outcomes.leaveOut(left);
        return Selection.newBuilder(selection)
                .setItems(selection.getItems().stream().filter(matched::contains).toList())
                .build();
    }

    boolean finished() {
        return open.isEmpty() && differences.isEmpty();
    }

    /** Estimates the next effect: a fraction of a second, or a second over thousands of items. */
    void estimateOne() {
        if (open.isEmpty()) {
            answered.add(differences.remove().get());
            return;
        }
        var question = open.remove();
        if (factorial.containsKey(question)) {
            answered.add(factorial(question));
            return;
        }
        answered.add(
                question.contrast().equals(Contrast.DOSE_TREND)
                        ? trend(question)
                        : difference(question));
    }

    /** What was estimated so far. */
    Effects effects() {
        var spec = Specs.of(selection);
        return Effects.newBuilder()
                .setIntervention(selection.getIntervention())
                .setName(spec.name())
                .setRun(spec.run())
                .setWindow(spec.window())
                .setItems(selection.getItems().size())
                .setDocuments(
                        factorial.isEmpty()
                                ? arms.documents().getOrDefault(Arm.TREATED_LABEL, 0L)
                                : FactorialRuns.of(arms).documents())
                .setEffects(
                        Families.of(spec).adjusted(answered).stream()
                                .filter(effect -> !foreign.contains(effect.getContrast()))
                                .toList())
                .setArms(means())
                .setTruncated(arms.truncated())
                .setMatchingDonors(arms.matchingDonors())
                .build();
    }

    private Effect factorial(Question question) {
        var asked = factorial.get(question);
        var runs = FactorialRuns.of(arms);
        var items = question.group().items();
        if (items.isEmpty()) {
            return Answer.nothing(question, "no item was selected", List.of());
        }
        var contrast = runs.contrast(asked.factors());
        if (contrast.isEmpty()) {
            var why = "too few retrainings succeeded to tell it from other effects";
            return Answer.nothing(question, why, List.of());
        }
        var values = runs.values(outcomes, items, question.metric());
        if (values.isEmpty()) {
            return Answer.nothing(question, question.unscored(), List.of());
        }
        var caveats = runs.caveats(asked, contrast.get());
        var coefficients = contrast.get().of(values.get());
        var paired =
                question.isShare()
                        ? PairedOutcomes.ofShareContrast(coefficients, contrast.get().reach())
                        : PairedOutcomes.ofMarginContrast(coefficients);
        return Effect.newBuilder(answer.of(question, paired, caveats))
                .setReplicates(runs.onTheSmallerSide(asked.factors()))
                .build();
    }

    private Effect trend(Question question) {
        var trend =
                DoseTrend.of(
                        Specs.of(selection).arms(),
                        arms,
                        outcomes,
                        question.group(),
                        question.metric());
        if (trend.isEmpty()) {
            var why = "no replicate succeeded in every arm, or there is no item scored in all";
            return Answer.nothing(question, why, List.of());
        }
        var slopes = trend.get().slopes();
        var caveats = new ArrayList<String>();
        caveats.add(
                "slope of a straight line through %d arms: what a whole dose would change"
                        .formatted(trend.get().arms()));
        caveats.addAll(Caveats.ofStart(arms));
        caveats.addAll(Caveats.ofReplicates(slopes.length, slopes[0].length, vary()));
        return answer.of(
                question,
                question.isShare()
                        ? PairedOutcomes.ofShareContrast(slopes, trend.get().steepest())
                        : PairedOutcomes.ofMarginContrast(slopes),
                caveats);
    }

    private Effect difference(Question question) {
        var contrast = question.contrast();
        var replicates = arms.paired(contrast);
        var items = question.group().items();
        var caveats = new ArrayList<>(Caveats.ofArms(contrast, arms));
        if (items.isEmpty()) {
            return Answer.nothing(question, "no item was selected", caveats);
        }
        if (replicates.isEmpty()) {
            return Answer.nothing(question, "no replicate succeeded in both arms", caveats);
        }
        var metric = question.metric();
        var first = outcomes.values(contrast.first(), replicates, items, metric);
        var second = outcomes.values(contrast.second(), replicates, items, metric);
        if (first.isEmpty() || second.isEmpty()) {
            return Answer.nothing(question, question.unscored(), caveats);
        }
        caveats.addAll(Caveats.ofOutcomes(first.get(), second.get(), metric, vary()));
        return answer.of(
                question,
                question.isShare()
                        ? PairedOutcomes.ofShares(first.get(), second.get())
                        : PairedOutcomes.ofMargins(first.get(), second.get()),
                caveats);
    }

    private String vary() {
        return Specs.of(selection).retrain().getVary();
    }

    private Map<String, Map<String, Double>> means() {
        var means = new TreeMap<String, Map<String, Double>>();
        for (var arm : Specs.of(selection).arms()) {
            var ofArm = new TreeMap<String, Double>();
            for (var metric : Specs.of(selection).metrics()) {
                mean(arm, selection.getItems(), metric).ifPresent(mean -> ofArm.put(metric, mean));
            }
            means.put(arm, ofArm);
        }
        return means;
    }

    private Optional<Double> mean(String arm, List<ItemRef> items, String metric) {
        var replicates = arms.replicates(arm);
        if (items.isEmpty() || replicates.isEmpty()) {
            return Optional.empty();
        }
        return outcomes.values(arm, replicates, items, metric)
                .map(
                        values ->
                                Arrays.stream(values)
                                        .flatMapToDouble(Arrays::stream)
                                        .average()
                                        .orElseThrow());
    }
}
