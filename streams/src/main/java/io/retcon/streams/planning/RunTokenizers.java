package io.retcon.streams.planning;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.history.RunManifests;
import io.retcon.schemas.tokenizer.Tokenizer;
import io.retcon.schemas.topic.Cluster;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Tokenizers as the runs' manifests have them, each read once and kept. Thread-safe. */
public final class RunTokenizers implements Tokenizers {
    private final Cluster cluster;
    private final Map<String, Tokenizer> known = new ConcurrentHashMap<>();

    public RunTokenizers(Cluster cluster) {
        this.cluster = requireNonNull(cluster, "cluster is null");
    }

    @Override
    public Tokenizer of(String run) {
        return known.computeIfAbsent(run, name -> RunManifests.read(cluster).tokenizer(name));
    }
}
