package io.retcon.deploy.metrics;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.Tags;
import io.retcon.schemas.record.Progress;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * How far interventions are, as the topics tell it, those that ended more than an hour ago left
 * out. Thread-safe.
 */
final class Movement {
    private static final long KEPT_MILLIS = Duration.ofHours(1).toMillis();

    /** An intervention that has begun and not ended. */
    record Open(String intervention, long movedMillis) {
        Tags tags() {
            return Tags.of("intervention", intervention);
        }
    }

    /** A stage of an intervention, or of the making of a run. */
    record Stage(Progress latest, long firstMillis, long lastMillis) {
        Tags tags() {
            var retraining =
                    latest.getRetraining()
                            .map(id -> "%s-%d".formatted(id.getArm(), id.getReplicate()));
            return Tags.of(
                    "intervention",
                    latest.getIntervention(),
                    "stage",
                    latest.getStage(),
                    "retraining",
                    retraining.orElse(""));
        }

        double done() {
            return latest.getDone();
        }

        double total() {
            return latest.getTotal();
        }

        double seconds() {
            return (lastMillis - firstMillis) / 1e3;
        }

        /** NaN where it trains nothing. */
        double tokensPerSecond() {
            return latest.getTokensPerSecond().orElse(Double.NaN);
        }
    }

    private final Clock clock;
    private final Set<String> published = new HashSet<>();
    private final Map<String, Long> endedMillis = new HashMap<>();
    private final Map<String, Long> movedMillis = new TreeMap<>();
    private final Map<Tags, Stage> stages = new HashMap<>();

    Movement(Clock clock) {
        this.clock = requireNonNull(clock, "clock is null");
    }

    synchronized void published(String intervention) {
        published.add(intervention);
    }

    synchronized void moved(Progress progress, long millis) {
        movedMillis.merge(progress.getIntervention(), millis, Math::max);
        var stage = new Stage(progress, millis, millis);
        stages.merge(
                stage.tags(),
                stage,
                (before, now) -> new Stage(now.latest(), before.firstMillis(), now.lastMillis()));
    }

    /** It has its effects, or was refused. */
    synchronized void ended(String intervention, long millis) {
        endedMillis.put(intervention, millis);
    }

    synchronized void forget() {
        published.clear();
        endedMillis.clear();
        movedMillis.clear();
        stages.clear();
    }

    synchronized List<Open> open() {
        return movedMillis.entrySet().stream()
                .filter(e -> published.contains(e.getKey()))
                .filter(e -> !endedMillis.containsKey(e.getKey()))
                .map(e -> new Open(e.getKey(), e.getValue()))
                .toList();
    }

    synchronized List<Stage> stages() {
        long since = clock.millis() - KEPT_MILLIS;
        return stages.values().stream()
                .filter(stage -> kept(stage.latest().getIntervention(), since))
                .toList();
    }

    private boolean kept(String subject, long since) {
        return published.contains(subject)
                ? endedMillis.getOrDefault(subject, since) >= since
                : movedMillis.get(subject) >= since;
    }
}
