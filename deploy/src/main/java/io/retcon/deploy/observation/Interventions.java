package io.retcon.deploy.observation;

import static java.lang.System.Logger.Level.INFO;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.retcon.schemas.record.Progress;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * What progress, effects and rejects say of the interventions that are under way, as gauges; times
 * are those at which this process heard of it. Those that have ended leave the gauges. Not
 * thread-safe.
 */
final class Interventions {
    private static final System.Logger LOG = System.getLogger(Interventions.class.getName());

    private record Subject(String intervention, String stage, String retraining) {
        static Subject of(Progress progress) {
            return new Subject(
                    progress.getIntervention(),
                    progress.getStage(),
                    progress.getRetraining()
                            .map(id -> id.getArm() + "-" + id.getReplicate())
                            .orElse(""));
        }

        String text() {
            return retraining.isEmpty() ? stage : stage + " " + retraining;
        }

        Tags tags() {
            return Tags.of("intervention", intervention, "stage", stage, "retraining", retraining);
        }
    }

    private record Heard(Progress latest, Instant first, Instant last) {
        double seconds() {
            return (last.toEpochMilli() - first.toEpochMilli()) / 1e3;
        }
    }

    private final Map<Subject, Heard> stages = new HashMap<>();
    private final Set<String> ended = new HashSet<>();
    private final MultiGauge moved;
    private final MultiGauge done;
    private final MultiGauge total;
    private final MultiGauge duration;
    private final MultiGauge tokens;

    Interventions(MeterRegistry registry) {
        moved = MultiGauge.builder("retcon.intervention.moved.seconds").register(registry);
        done = MultiGauge.builder("retcon.stage.done").register(registry);
        total = MultiGauge.builder("retcon.stage.expected").register(registry);
        duration = MultiGauge.builder("retcon.stage.duration.seconds").register(registry);
        tokens = MultiGauge.builder("retcon.retraining.tokens.per.second").register(registry);
    }

    void heard(Progress progress, Instant now) {
        if (!ended.contains(progress.getIntervention())) {
            var subject = Subject.of(progress);
            if (!stages.containsKey(subject) && isIntervention(subject)) {
                LOG.log(INFO, "intervention {0}: {1}", subject.intervention(), subject.text());
            }
            stages.merge(
                    subject,
                    new Heard(progress, now, now),
                    (before, latest) -> new Heard(progress, before.first(), now));
        }
    }

    /** Its effects are there, or it was refused. */
    void ended(String intervention) {
        ended.add(intervention);
        LOG.log(INFO, "intervention {0}: ended", intervention);
        stages.keySet().removeIf(subject -> subject.intervention().equals(intervention));
    }

    /** Makes the gauges say what was heard. */
    void show() {
        var latest = new HashMap<String, Instant>();
        stages.forEach(
                (subject, heard) -> {
                    if (isIntervention(subject)) {
                        latest.merge(
                                subject.intervention(),
                                heard.last(),
                                (a, b) -> a.isAfter(b) ? a : b);
                    }
                });
        moved.register(
                latest.entrySet().stream()
                        .map(
                                e ->
                                        Row.of(
                                                Tags.of("intervention", e.getKey()),
                                                e.getValue().getEpochSecond()))
                        .toList(),
                true);
        show(done, heard -> heard.latest().getDone());
        show(total, heard -> heard.latest().getTotal());
        show(duration, Heard::seconds);
        show(tokens, heard -> heard.latest().getTokensPerSecond().orElse(0.0));
    }

    /** An original run's progress bears the run's name. */
    private static boolean isIntervention(Subject subject) {
        boolean training = Set.of("train", "score").contains(subject.stage());
        return !training || !subject.retraining().isEmpty();
    }

    private void show(MultiGauge gauge, ToDoubleFunction<Heard> figure) {
        gauge.register(
                stages.entrySet().stream()
                        .filter(e -> gauge != tokens || hasTokens(e.getValue()))
                        .map(e -> row(e, figure))
                        .toList(),
                true);
    }

    private static boolean hasTokens(Heard heard) {
        return heard.latest().getTokensPerSecond().isPresent();
    }

    private static Row<?> row(Map.Entry<Subject, Heard> stage, ToDoubleFunction<Heard> figure) {
        return Row.of(stage.getKey().tags(), figure.applyAsDouble(stage.getValue()));
    }
}
