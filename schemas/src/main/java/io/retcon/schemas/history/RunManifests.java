package io.retcon.schemas.history;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.KnownWords;
import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.record.Manifest;
import io.retcon.schemas.record.RunManifest;
import io.retcon.schemas.record.StepManifest;
import io.retcon.schemas.tokenizer.Tokenizer;
import io.retcon.schemas.topic.Cluster;
import io.retcon.schemas.topic.TopicCatalogue;
import io.retcon.schemas.topic.TopicTable;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What is fixed for each run's history, as of when it was read. */
public final class RunManifests {
    private final Map<String, RunManifest> runs = new TreeMap<>();
    private final Map<String, Map<Long, StepManifest>> steps = new HashMap<>();

    private RunManifests() {}

    /** A run that is said to lie in more partitions than there are is no run here. */
    public static RunManifests read(Cluster cluster) {
        var known = of(TopicTable.read(cluster, TopicCatalogue.MANIFESTS).values());
        int partitions = TopicTable.partitions(cluster, TopicCatalogue.HISTORY);
        known.runs.values().removeIf(run -> run.getPartitions() > partitions);
        return known;
    }

    public static RunManifests of(Iterable<Manifest> manifests) {
        var known = new RunManifests();
        manifests.forEach(known::add);
        return known;
    }

    private void add(Manifest manifest) {
        switch (manifest.getAbout()) {
            case RunManifest run -> runs.put(manifest.getRun(), run);
            case StepManifest step ->
                    steps.computeIfAbsent(manifest.getRun(), run -> new HashMap<>())
                            .put(step.getStep(), step);
            default -> throw new IllegalStateException("a manifest is about a run or a step");
        }
    }

    public Set<String> runs() {
        return Set.copyOf(runs.keySet());
    }

    public Optional<RunManifest> find(String run) {
        return Optional.ofNullable(runs.get(requireNonNull(run, "run is null")));
    }

    public RunManifest of(String run) {
        return find(run)
                .orElseThrow(
                        () ->
                                new RefusedInput(
                                        "run '%s' has no history here: import one%s"
                                                .formatted(run, KnownWords.orName(runs.keySet()))));
    }

    public Optional<StepManifest> step(String run, long step) {
        return Optional.ofNullable(steps.getOrDefault(run, Map.of()).get(step));
    }

    /** The tokenizer that made the run's tokens. */
    public Tokenizer tokenizer(String run) {
        return of(run).getTokenizer()
                .map(Tokenizer::ofGzip)
                .orElseThrow(
                        () ->
                                new RefusedInput(
                                        "run '%s' was imported without a tokenizer, so its tokens have no text: import it again with --tokenizer"
                                                .formatted(run)));
    }
}
