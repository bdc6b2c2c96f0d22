package io.retcon.deploy.dashboard.drill;

import static java.util.Objects.requireNonNull;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import io.retcon.deploy.dashboard.board.Watched;
import io.retcon.deploy.dashboard.board.WatchedRun;
import io.retcon.schemas.topic.Cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Reads from the big topics what one looks at, when one looks at it. Of an intervention that is
 * over it is kept, as far as there is room; of another one for seconds. Thread-safe.
 */
public final class Drill implements AutoCloseable {
    private static final long MOST_ROWS = 200_000;
    private static final int MOST_SMALL = 256;
    private static final Duration FRESH = Duration.ofSeconds(5);

    private final Cluster cluster;
    private final Cache<String, Optional<Evidence>> evidence =
            Caffeine.newBuilder()
                    .maximumWeight(MOST_ROWS)
                    .weigher(
                            (String id, Optional<Evidence> of) ->
                                    1 + of.map(Evidence::weight).orElse(0))
                    .build();
    private final Cache<String, Optional<Evidence>> freshEvidence = fresh();
    private final Cache<String, List<PlanBalance.OfArm>> balances =
            Caffeine.newBuilder().maximumSize(MOST_SMALL).build();
    private final Cache<String, List<PlanBalance.OfArm>> freshBalances = fresh();
    private final Cache<String, List<RunScores.Point>> runs =
            Caffeine.newBuilder().maximumSize(MOST_SMALL).build();
    private final Map<String, SequenceTexts> texts = new ConcurrentHashMap<>();

    public Drill(Cluster cluster) {
        this.cluster = requireNonNull(cluster, "cluster is null");
    }

    private static <V> Cache<String, V> fresh() {
        return Caffeine.newBuilder().maximumSize(8).expireAfterWrite(FRESH).build();
    }

    /** What there is on its items; nothing before they are selected. */
    public Optional<Evidence> evidence(Watched watched) {
        return (watched.effects().isPresent() ? evidence : freshEvidence)
                .get(watched.id(), id -> EvidenceReader.read(cluster, watched));
    }

    public List<PlanBalance.OfArm> balance(Watched watched) {
        return (watched.effects().isPresent() ? balances : freshBalances)
                .get(watched.id(), id -> PlanBalance.read(cluster, id));
    }

    public MatcherOverlap overlap(List<Watched> interventions) {
        return MatcherOverlap.read(cluster, interventions.stream().map(Watched::id).toList());
    }

    /** A run's scores by checkpoint, of the checkpoints that there are now. */
    public List<RunScores.Point> scores(WatchedRun run) {
        var key = run.name() + "|" + evaluated(run);
        return runs.get(key, fresh -> RunScores.read(cluster, run.name()));
    }

    private static Map<Long, Integer> evaluated(WatchedRun run) {
        var evaluated = new TreeMap<Long, Integer>();
        run.checkpoints().forEach(c -> evaluated.put(c.getStep(), c.getEvaluations().size()));
        return evaluated;
    }

    public SequenceTexts texts(String run) {
        return texts.computeIfAbsent(run, name -> SequenceTexts.of(cluster, name));
    }

    @Override
    public void close() {
        new ArrayList<>(texts.values()).forEach(SequenceTexts::close);
    }
}
