package io.retcon.deploy.observation;

import static java.util.Objects.requireNonNull;

import io.retcon.deploy.stack.Component;
import io.retcon.schemas.topic.Cluster;

import java.util.List;
import java.util.Optional;

/** A process that says how it is, or one that nobody asked to. */
public record Observed(Optional<Observation> observation) implements AutoCloseable {
    public Observed {
        requireNonNull(observation, "observation is null");
    }

    /** The same components, seen at work. */
    public List<Component> watching(List<Component> components) {
        return observation
                .map(seen -> components.stream().map(seen::watching).toList())
                .orElse(components);
    }

    /** All of them work on this cluster now. */
    public void started(Cluster cluster, List<Component> components) {
        observation.ifPresent(seen -> seen.started(cluster, components));
    }

    @Override
    public void close() {
        observation.ifPresent(Observation::close);
    }
}
