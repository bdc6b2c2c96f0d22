package io.retcon.streams.validation;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.KnownWords;
import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.history.RunManifests;
import io.retcon.schemas.history.Window;
import io.retcon.schemas.record.Checkpoint;
import io.retcon.schemas.record.SelectSpec;
import io.retcon.schemas.spec.Benchmarks;
import io.retcon.schemas.spec.Donors;
import io.retcon.schemas.spec.InterventionSpec;
import io.retcon.schemas.topic.Cluster;
import io.retcon.schemas.topic.TopicCatalogue;
import io.retcon.schemas.topic.TopicTable;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What the topics hold of a run, and whether a spec agrees with it. */
public final class RunFacts {
    private static final int LEARNABLE = 3;

    private final String run;
    private final long steps;
    private final TreeMap<Long, Set<String>> checkpoints;

    /**
     * @param steps history steps
     * @param checkpoints step to the benchmarks that were scored there
     */
    RunFacts(String run, long steps, TreeMap<Long, Set<String>> checkpoints) {
        this.run = requireNonNull(run, "run is null");
        this.steps = steps;
        this.checkpoints = requireNonNull(checkpoints, "checkpoints is null");
    }

    /**
     * @throws RefusedInput if the run has no history
     */
    public static RunFacts read(Cluster cluster, String run) {
        var manifest = RunManifests.read(cluster).of(run);
        return new RunFacts(
                run,
                manifest.getSteps(),
                checkpoints(run, TopicTable.read(cluster, TopicCatalogue.CHECKPOINTS).values()));
    }

    private static TreeMap<Long, Set<String>> checkpoints(String run, Collection<Checkpoint> all) {
        var checkpoints = new TreeMap<Long, Set<String>>();
        all.stream()
                .filter(c -> c.getRun().equals(run) && c.getRetraining().isEmpty())
                .forEach(
                        c ->
                                checkpoints.put(
                                        c.getStep(),
                                        c.getEvaluations().stream()
                                                .map(e -> e.getBenchmark())
                                                .collect(Collectors.toCollection(TreeSet::new))));
        return checkpoints;
    }

    /**
     * The spec with the checkpoints that its rule looks at, which are all that are evaluated now
     * unless the spec names them.
     *
     * @throws RefusedInput where the spec asks for what is not there
     */
    public InterventionSpec pinned(InterventionSpec spec) {
        checkWindow("window", Window.of(spec.window()), "end it earlier");
        Donors.of(spec)
                .ifPresent(
                        donors ->
                                checkWindow(
                                        "the donors' window",
                                        donors.window(),
                                        "take donors from another window"));
        checkCheckpoint(spec.window().getFrom(), "retraining starts there");
        var select = spec.select();
        var evaluated = evaluated(select);
        checkRule(select, evaluated);
        for (var factor : spec.factors()) {
            var ofFactor =
                    SelectSpec.newBuilder(factor.getSelect())
                            .setCheckpoints(List.copyOf(evaluated))
                            .build();
            checkRule(ofFactor, evaluated(ofFactor));
        }
        return InterventionSpec.newBuilder(spec)
                .setSelect(
                        SelectSpec.newBuilder(select)
                                .setCheckpoints(List.copyOf(evaluated))
                                .build())
                .build();
    }

    /** The last step that a checkpoint was made at; 0 where there is none. */
    public long newestCheckpoint() {
        return checkpoints.isEmpty() ? 0 : checkpoints.lastKey();
    }

    private void checkWindow(String what, Window window, String mend) {
        if (window.to() > steps) {
            throw new RefusedInput(
                    "%s %s ends beyond the history of run '%s', which has %d steps: %s"
                            .formatted(what, window, run, steps, mend));
        }
    }

    private void checkCheckpoint(long step, String why) {
        if (!checkpoints.containsKey(step)) {
            throw new RefusedInput(
                    "run '%s' has no checkpoint at step %d (%s): announce it%s"
                            .formatted(run, step, why, KnownWords.orName(checkpoints.keySet())));
        }
    }

    /** The checkpoints that were scored on all the benchmarks that the spec selects. */
    private TreeSet<Long> evaluated(SelectSpec select) {
        var benchmarks = new Benchmarks(select.getBenchmark());
        var scored = scored().stream().filter(benchmarks::include).toList();
        var evaluated =
                checkpoints.entrySet().stream()
                        .filter(c -> !scored.isEmpty() && c.getValue().containsAll(scored))
                        .map(c -> c.getKey())
                        .collect(Collectors.toCollection(TreeSet::new));
        if (evaluated.isEmpty()) {
            throw new RefusedInput(
                    "no checkpoint of run '%s' was scored on benchmark '%s': score one%s"
                            .formatted(run, select.getBenchmark(), KnownWords.orName(scored())));
        }
        if (select.getCheckpoints().isEmpty()) {
            return evaluated;
        }
        for (long step : select.getCheckpoints()) {
            if (!evaluated.contains(step)) {
                throw new RefusedInput(
                        "select.checkpoints names step %d, at which run '%s' was not scored on '%s': use some of %s"
                                .formatted(step, run, select.getBenchmark(), evaluated));
            }
        }
        return new TreeSet<>(select.getCheckpoints());
    }

    private Set<String> scored() {
        return checkpoints.values().stream()
                .flatMap(Set::stream)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private void checkRule(SelectSpec select, TreeSet<Long> evaluated) {
        if (select.getRule().equals("learnable") && evaluated.size() < LEARNABLE) {
            throw new RefusedInput(
                    "rule learnable needs three evaluated checkpoints, one before and one after learning, but run '%s' has %s: evaluate more"
                            .formatted(run, evaluated));
        }
        if (!select.getRule().endsWith("-at")) {
            return;
        }
        long step = select.getStep().orElseThrow();
        checkCheckpoint(step, "select.step names it");
        if (!evaluated.contains(step)) {
            throw new RefusedInput(
                    "checkpoint %d of run '%s' was not scored on '%s': use one of %s"
                            .formatted(step, run, select.getBenchmark(), evaluated));
        }
        if (select.getRule().equals("forgotten-at") && evaluated.lower(step) == null) {
            throw new RefusedInput(
                    "no earlier checkpoint than %d was scored, so nobody knows what was known before: use a later one of %s"
                            .formatted(step, evaluated));
        }
        if (select.getRule().equals("learned-at") && evaluated.higher(step) == null) {
            throw new RefusedInput(
                    "no later checkpoint than %d was scored, so nobody knows what stayed learned: use an earlier one of %s"
                            .formatted(step, evaluated));
        }
    }
}
