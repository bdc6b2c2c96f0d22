package io.retcon.deploy.stack;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.topic.Cluster;
import io.retcon.schemas.topic.TopicCreation;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

/** A cluster with the contract's topics, and the components that this process runs on it. */
public final class Stack implements AutoCloseable {
    private static final int MOST_REPLICAS = 3;

    private final Cluster cluster;
    private final Components components;
    private final Optional<EmbeddedCluster> embedded;

    private Stack(Cluster cluster, Components components, Optional<EmbeddedCluster> embedded) {
        this.cluster = cluster;
        this.components = components;
        this.embedded = embedded;
    }

    /**
     * A stack with its own broker; returns when every topic has leaders and every component has
     * started.
     *
     * @param data held by the caller until after the stack is closed
     * @param port where the broker is to listen, or 0 for any free port
     * @param partitions how many partitions a new topic with data gets
     * @param progress told what is being started
     * @throws RefusedInput if the port can't be had
     */
    public static Stack embedded(
            DataFolder data,
            int port,
            int partitions,
            List<Component> components,
            Consumer<String> progress) {
        progress.accept("broker");
        var embedded = EmbeddedCluster.start(data, port);
        try {
            progress.accept("topics");
            createTopics(embedded.cluster(), partitions);
            abortHangingTransactions(embedded.cluster());
            embedded.publish();
            var running = Components.start(components, embedded.cluster(), data.path(), progress);
            return new Stack(embedded.cluster(), running, Optional.of(embedded));
        } catch (RuntimeException e) {
            embedded.close();
            throw e;
        }
    }

    /**
     * The same components on a cluster that is there already; the folder keeps their state.
     *
     * @throws RefusedInput if the cluster does not answer
     */
    public static Stack joining(
            Cluster cluster,
            DataFolder data,
            int partitions,
            List<Component> components,
            Consumer<String> progress) {
        progress.accept("topics");
        createTopics(cluster, partitions);
        var running = Components.start(components, cluster, data.path(), progress);
        return new Stack(cluster, running, Optional.empty());
    }

    public Cluster cluster() {
        return cluster;
    }

    /**
     * Lets other processes find the dashboard by the folder, where the stack has its own broker.
     */
    public void announce(URI dashboard) {
        embedded.ifPresent(own -> own.announce(dashboard));
    }

    /** Completes exceptionally when a component dies by itself. */
    public CompletableFuture<Void> ended() {
        return components.ended();
    }

    /** Does what needs the components, which fails when one of them dies by itself. */
    public <T> T unlessAComponentDies(Callable<T> work) {
        var done =
                CompletableFuture.supplyAsync(
                        () -> {
                            try {
                                return work.call();
                            } catch (RuntimeException e) {
                                throw e;
                            } catch (Exception e) {
                                throw new CompletionException(e);
                            }
                        },
                        task -> Thread.ofVirtual().start(task));
        CompletableFuture.anyOf(done, ended()).join();
        return done.join();
    }

    @Override
    public void close() {
        try {
            components.close();
        } finally {
            embedded.ifPresent(EmbeddedCluster::close);
        }
    }

    private static void abortHangingTransactions(Cluster cluster) {
        try (var admin = cluster.admin()) {
            new HangingTransactions(admin).abort();
        } catch (ExecutionException e) {
            throw new IllegalStateException(
                    "hanging transactions can't be aborted: " + e.getCause().getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the stack started", e);
        }
    }

    /**
     * Creates the contract's topics that are missing, with as many replicas as there are brokers,
     * at most three.
     *
     * @param partitions how many partitions a new topic with data gets
     * @throws RefusedInput if there would be none, or the cluster does not answer
     */
    public static void createTopics(Cluster cluster, int partitions) {
        if (partitions < 1) {
            throw new RefusedInput("--partitions must be 1 or more");
        }
        try (var admin = cluster.admin()) {
            int brokers = admin.describeCluster().nodes().get().size();
            new TopicCreation(partitions, (short) Math.min(MOST_REPLICAS, brokers))
                    .createMissing(admin);
        } catch (ExecutionException e) {
            throw new RefusedInput(
                    "no Kafka cluster answers at %s (%s): check --bootstrap-servers"
                            .formatted(cluster.bootstrapServers(), e.getCause().getMessage()),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while topics were created", e);
        }
    }
}
