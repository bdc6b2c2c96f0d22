package io.retcon.deploy.stack;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.topic.Cluster;

import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * A part of Retcon that works on a cluster until it is closed: streams, an indexer, a retrainer.
 */
public record Component(String name, Start start) {
    public Component {
        requireNonNull(name, "name is null");
        requireNonNull(start, "start is null");
    }

    /** How a component begins its work. */
    @FunctionalInterface
    public interface Start {
        /**
         * Begins to work in threads of its own and returns.
         *
         * @param folder for what must outlive the process; the component's own while it works
         * @param died to be told, once, if the work ends before it is closed
         * @return ends the work
         */
        AutoCloseable on(Cluster cluster, Path folder, Consumer<Throwable> died) throws Exception;
    }
}
