package io.retcon.deploy.stack;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.topic.Cluster;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Components that work together on a cluster: started in the order given, closed in the reverse of
 * it. Not thread-safe but for {@link #ended}.
 */
public final class Components implements AutoCloseable {
    private record Running(String name, DataFolder part, AutoCloseable work) {
        void stop() throws Exception {
            try (part) {
                work.close();
            }
        }
    }

    private final Deque<Running> running = new ArrayDeque<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final DiskWatch disk;

    private Components(DiskReserve reserve) {
        this.disk = DiskWatch.start(reserve, ended::completeExceptionally);
    }

    /**
     * @param data the data folder, in which each component holds the part that bears its name
     * @param progress told each component's name before it is started
     * @throws ComponentFailed if one does not start; the others are closed then
     * @throws DiskFull if the disk's reserve is used up
     */
    public static Components start(
            List<Component> components, Cluster cluster, Path data, Consumer<String> progress) {
        requireNonNull(data, "data is null");
        var reserve = new DiskReserve(data);
        var started = new Components(reserve);
        for (var component : components) {
            progress.accept(component.name());
            try {
                reserve.check();
                started.add(component, cluster, DataFolder.claimPart(data, component.name()));
            } catch (RuntimeException e) {
                try {
                    started.close();
                } catch (RuntimeException late) {
                    e.addSuppressed(late);
                }
                throw e;
            }
        }
        return started;
    }

    private void add(Component component, Cluster cluster, DataFolder part) {
        try {
            AutoCloseable work =
                    component.start().on(cluster, part.path(), cause -> died(component, cause));
            running.push(new Running(component.name(), part, work));
        } catch (Exception e) {
            part.close();
            throw new ComponentFailed(component.name(), "did not start", e);
        }
    }

    /**
     * Completes exceptionally: with {@link ComponentFailed} when a component dies by itself, with
     * {@link DiskFull} when the disk's reserve is touched.
     */
    public CompletableFuture<Void> ended() {
        return ended.copy();
    }

    /** Closes every component, also when one fails to; the first failure is thrown at the end. */
    @Override
    public void close() {
        disk.close();
        ComponentFailed first = null;
        while (!running.isEmpty()) {
            var component = running.pop();
            try {
                component.stop();
            } catch (Exception e) {
                var failure = new ComponentFailed(component.name(), "did not stop", e);
                if (first == null) {
                    first = failure;
                } else {
                    first.addSuppressed(failure);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }

    private void died(Component component, Throwable cause) {
        ended.completeExceptionally(new ComponentFailed(component.name(), "died", cause));
    }
}
