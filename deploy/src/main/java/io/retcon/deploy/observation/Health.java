package io.retcon.deploy.observation;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.topic.Cluster;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;

import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;

/** Whether a process works, or why not. Thread-safe. */
final class Health implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 2_000;

    private final AtomicReference<String> trouble = new AtomicReference<>("it is starting");
    private final AtomicReference<String> death = new AtomicReference<>();
    private volatile Admin admin;

    /** Everything has started on this cluster. */
    void started(Cluster cluster) {
        admin = requireNonNull(cluster, "cluster is null").admin();
        trouble.set(null);
    }

    void died(String component, Throwable cause) {
        death.compareAndSet(null, "%s died: %s".formatted(component, cause.getMessage()));
    }

    /** Why the process had better be ended and started again, if so. */
    Optional<String> fatal() {
        return Optional.ofNullable(death.get());
    }

    /** Why nothing should be expected of the process now, if so. */
    Optional<String> trouble() {
        return fatal().or(() -> Optional.ofNullable(trouble.get())).or(this::unreachable);
    }

    private Optional<String> unreachable() {
        try {
            var patience = new DescribeClusterOptions().timeoutMs(PATIENCE_MILLIS);
            admin.describeCluster(patience).nodes().get();
            return Optional.empty();
        } catch (ExecutionException e) {
            return Optional.of("the Kafka cluster does not answer: " + e.getCause().getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("it is being stopped");
        }
    }

    @Override
    public void close() {
        if (admin != null) {
            admin.close();
        }
    }
}
