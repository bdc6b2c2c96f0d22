package io.retcon.streams.effects;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.Sha256;
import io.retcon.schemas.record.CheckpointNoise;
import io.retcon.schemas.record.ClusterEffect;
import io.retcon.schemas.record.Effect;
import io.retcon.schemas.record.Effects;
import io.retcon.schemas.record.ItemRef;
import io.retcon.schemas.record.Match;
import io.retcon.schemas.record.Retraining;
import io.retcon.schemas.record.Score;
import io.retcon.schemas.record.Selection;
import io.retcon.schemas.topic.Keys;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Estimates everything that an intervention's spec asks for: every contrast of its arms, on the
 * selected items and on the others of the same benchmarks, by every metric. Not thread-safe.
 */
public final class EffectEstimator {
    private static final String TREATED = "treated";
    private static final int SEED_DIGITS = 16;
    private static final int MOST_RELATIONS = 64;

    private final Selection selection;
    private final FinishedArms arms;
    private final OutcomeTable outcomes;
    private final Queue<Question> open = new ArrayDeque<>();
    private final List<Effect> answered = new ArrayList<>();

    private record Question(ItemGroup group, String metric, Contrast contrast) {
        Effect.Builder effect() {
            return Effect.newBuilder()
                    .setContrast(contrast.toString())
                    .setBenchmark(group.name())
                    .setMetric(metric)
                    .setLevel(PairedEstimate.LEVEL);
        }
    }

    /**
     * @param outcomes of the selected items and of the others of their benchmarks
     */
    EffectEstimator(
            Selection selection, Collection<Retraining> retrainings, OutcomeTable outcomes) {
        var spec = selection.getSpec();
        this.selection = selection;
        this.arms = FinishedArms.of(spec, retrainings);
        this.outcomes = requireNonNull(outcomes, "outcomes is null");
        for (var group : ItemGroup.of(selection, outcomes.items())) {
            for (var metric : spec.getMetrics()) {
                for (var contrast : Contrast.among(spec.getArms())) {
                    open.add(new Question(group, metric, contrast));
                }
                if (DoseTrend.isAmong(spec.getArms())) {
                    open.add(new Question(group, metric, DoseTrend.NAME));
                }
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
        var estimator = new EffectEstimator(selection, retrainings, OutcomeTable.of(scores));
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
        return open.isEmpty();
    }

    /** Estimates the next effect: a fraction of a second, or a second over thousands of items. */
    void estimateOne() {
        var question = open.remove();
        answered.add(
                question.contrast.equals(DoseTrend.NAME)
                        ? trend(question.group, question.metric)
                        : effect(question.group, question.metric, question.contrast));
    }

    /** What was estimated so far. */
    Effects effects() {
        var spec = selection.getSpec();
        return Effects.newBuilder()
                .setIntervention(selection.getIntervention())
                .setName(spec.getName())
                .setRun(spec.getRun())
                .setWindow(spec.getWindow())
                .setItems(selection.getItems().size())
                .setDocuments(arms.documents().getOrDefault(TREATED, 0L))
                .setEffects(FalseDiscoveries.adjusted(answered))
                .setArms(means())
                .setTruncated(arms.truncated())
                .build();
    }

    private Effect trend(ItemGroup group, String metric) {
        var trend = DoseTrend.of(selection.getSpec().getArms(), arms, outcomes, group, metric);
        if (trend.isEmpty()) {
            return nothing(
                    group,
                    metric,
                    DoseTrend.NAME,
                    "no replicate succeeded in every arm, or there is no item scored in all");
        }
        var slopes = trend.get().slopes();
        var caveats = new ArrayList<String>();
        caveats.add(
                "slope of a straight line through %d arms: what a whole dose would change"
                        .formatted(trend.get().arms()));
        caveats.addAll(Caveats.ofStart(arms));
        caveats.addAll(Caveats.ofReplicates(slopes.length, slopes[0].length, vary()));
        var flat = new double[slopes.length][slopes[0].length];
        return effect(
                new Question(group, metric, DoseTrend.NAME),
                PairedOutcomes.of(slopes, flat),
                caveats);
    }

    private Effect effect(ItemGroup group, String metric, Contrast contrast) {
        var replicates = arms.paired(contrast);
        if (group.items().isEmpty()) {
            return nothing(group, metric, contrast, "no item was selected");
        }
        if (replicates.isEmpty()) {
            return nothing(group, metric, contrast, "no replicate succeeded in both arms");
        }
        var first = outcomes.values(contrast.first(), replicates, group.items(), metric);
        var second = outcomes.values(contrast.second(), replicates, group.items(), metric);
        if (first.isEmpty() || second.isEmpty()) {
            return nothing(
                    group, metric, contrast, "not every item was scored by %s".formatted(metric));
        }
        var caveats = new ArrayList<>(Caveats.ofArms(contrast, arms));
        caveats.addAll(Caveats.ofOutcomes(first.get(), second.get(), metric, vary()));
        return effect(
                new Question(group, metric, contrast),
                paired(first.get(), second.get(), contrast, replicates, group, metric),
                caveats);
    }

    private Effect effect(Question question, PairedOutcomes paired, List<String> caveats) {
        var items = question.group.items();
        var clusters = Clusters.of(selection.getSpec().getCluster(), items, outcomes);
        var relations = Clusters.relations(items, outcomes);
        caveats.addAll(Caveats.ofDegrees(paired));
        caveats.addAll(Caveats.ofClusters(clusters, relations, selection.getSpec().getCluster()));
        var units = clusters.map(of -> paired.clustered(of.ofItem())).orElse(paired);
        var estimate = PairedEstimate.of(units, seed(question));
        double unseen = 0;
        if (estimate.standardError() == 0) {
            unseen = unseen(question, units, estimate.estimate());
            caveats.add(
                    unseen == 0
                            ? "nothing varied: the interval's width of 0 is no certainty"
                            : "nothing varied: the interval says only what so few could have"
                                    + " hidden");
        }
        var noise = noise(question);
        return question.effect()
                .setEstimate(estimate.estimate())
                .setLow(possible(question, estimate.low() - unseen))
                .setHigh(possible(question, estimate.high() + unseen))
                .setP(estimate.p())
                .setMinimumDetectable(estimate.minimumDetectable())
                .setItems(items.size())
                .setReplicates(paired.replicates())
                .setCaveats(caveats)
                .setNoise(noise.orElse(null))
                .setSignalToNoise(
                        noise.filter(deviation -> deviation > 0)
                                .map(deviation -> Math.abs(estimate.estimate()) / deviation)
                                .orElse(null))
                .setClusteredBy(clusters.map(Clusters::by).orElse(null))
                .setClusters(
                        question.group.isSelected()
                                ? ofRelations(question, paired, relations)
                                : List.of())
                .build();
    }

    /** How much the run's own checkpoints differ, where that is known of exactly these items. */
    private Optional<Double> noise(Question question) {
        return selection.getNoise().stream()
                .filter(of -> of.getBenchmark().equals(question.group.name()))
                .filter(of -> of.getMetric().equals(question.metric))
                .filter(of -> !selection.getSpec().getSelect().getMatched())
                .map(CheckpointNoise::getDeviation)
                .findFirst();
    }

    private List<ClusterEffect> ofRelations(
            Question question, PairedOutcomes paired, Clusters relations) {
        int count = relations.names().size();
        if (count < 2 || count > MOST_RELATIONS) {
            return List.of();
        }
        return IntStream.range(0, count)
                .mapToObj(
                        relation -> {
                            var items = relations.itemsOf(relation);
                            var estimate =
                                    PairedEstimate.of(
                                            paired.only(items), seed(question) + relation + 1);
                            return new ClusterEffect(
                                    relations.names().get(relation),
                                    items.length,
                                    estimate.estimate(),
                                    possible(question, estimate.low()),
                                    possible(question, estimate.high()));
                        })
                .toList();
    }

    private String vary() {
        return selection.getSpec().getRetrain().getVary();
    }

    /**
     * By how much the true difference may be another one where all of n items (or clusters) show
     * the same: as many as the exact interval of none in n leaves (Clopper and Pearson,
     * <i>Biometrika</i> 26, 1934) may differ from it, each as far as shares can. What is no share
     * has no bound.
     */
    private static double unseen(Question question, PairedOutcomes units, double difference) {
        double most = 1 - Math.pow((1 - PairedEstimate.LEVEL) / 2, 1.0 / units.items());
        return isShare(question) ? most * (1 + Math.abs(difference)) : 0;
    }

    /** Two shares differ by the whole at most; a slope may be steeper. */
    private static double possible(Question question, double difference) {
        return isShare(question) ? Math.clamp(difference, -1, 1) : difference;
    }

    private static boolean isShare(Question question) {
        return !question.metric.equals("margin") && !question.contrast.equals(DoseTrend.NAME);
    }

    private PairedOutcomes paired(
            double[][] first,
            double[][] second,
            Contrast contrast,
            List<Integer> replicates,
            ItemGroup group,
            String metric) {
        return selection.getSpec().getArms().stream()
                .filter(arm -> !contrast.involves(arm))
                .filter(arm -> arms.replicates(arm).containsAll(replicates))
                .flatMap(arm -> outcomes.values(arm, replicates, group.items(), metric).stream())
                .findFirst()
                .map(third -> PairedOutcomes.of(first, second, third))
                .orElseGet(() -> PairedOutcomes.of(first, second));
    }

    private Effect nothing(ItemGroup group, String metric, Contrast contrast, String why) {
        var caveats = new ArrayList<String>();
        caveats.add("nothing was estimated: " + why);
        if (!contrast.equals(DoseTrend.NAME)) {
            caveats.addAll(Caveats.ofArms(contrast, arms));
        }
        return new Question(group, metric, contrast)
                .effect()
                .setEstimate(0)
                .setLow(0)
                .setHigh(0)
                .setP(1)
                .setMinimumDetectable(0)
                .setItems(0)
                .setReplicates(0)
                .setCaveats(caveats)
                .build();
    }

    /** Of the spec's seed and of what is estimated, so that no estimate depends on another one. */
    private long seed(Question question) {
        var name =
                Keys.join(
                        selection.getSpec().getSeed(),
                        question.contrast,
                        question.group.name(),
                        question.metric);
        var digits = Sha256.of(name);
        return Long.parseUnsignedLong(digits.substring(0, SEED_DIGITS), 16);
    }

    private Map<String, Map<String, Double>> means() {
        var means = new TreeMap<String, Map<String, Double>>();
        for (var arm : selection.getSpec().getArms()) {
            var ofArm = new TreeMap<String, Double>();
            for (var metric : selection.getSpec().getMetrics()) {
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
                                        .mapToDouble(MeanSquares::mean)
                                        .average()
                                        .orElseThrow());
    }
}
