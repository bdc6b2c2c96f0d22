package io.retcon.deploy.bench.soak;

import io.retcon.deploy.component.Stages;
import io.retcon.deploy.dashboard.Dashboard;
import io.retcon.deploy.dashboard.DashboardOptions;
import io.retcon.deploy.stack.DataFolder;
import io.retcon.deploy.stack.EmbeddedBroker;
import io.retcon.deploy.stack.HangingWatch;
import io.retcon.deploy.stack.Stack;
import io.retcon.schemas.topic.Cluster;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A whole stack in this process whose broker and components can be taken away one without the
 * other. Not thread-safe.
 */
final class SoakStack implements AutoCloseable {
    private static final int PARTITIONS = 4;

    private final DataFolder data;
    private final Cluster cluster;
    private final int port;
    private final HangingWatch hanging;
    private EmbeddedBroker broker;
    private Stack stack;
    private Dashboard dashboard;

    private SoakStack(DataFolder data, EmbeddedBroker broker) {
        this.data = data;
        this.broker = broker;
        this.cluster = new Cluster(broker.bootstrapServers());
        this.hanging = HangingWatch.start(cluster);
        this.port =
                Integer.parseInt(
                        broker.bootstrapServers()
                                .substring(broker.bootstrapServers().lastIndexOf(':') + 1));
    }

    static SoakStack start(DataFolder data) {
        var soak = new SoakStack(data, EmbeddedBroker.start(data, 0));
        try {
            soak.startComponents();
            return soak;
        } catch (RuntimeException e) {
            soak.broker.close();
            throw e;
        }
    }

    Cluster cluster() {
        return cluster;
    }

    Path folder() {
        return data.path();
    }

    /** Completes exceptionally when a component dies by itself. */
    CompletableFuture<Void> ended() {
        return stack.ended();
    }

    void restartComponents() {
        closeComponents();
        startComponents();
    }

    /** Without a broker for so long. */
    void withoutBroker(Duration outage) throws InterruptedException {
        broker.close();
        Thread.sleep(outage);
        broker = EmbeddedBroker.start(data, port);
    }

    private void startComponents() {
        stack = Stack.joining(cluster, data, PARTITIONS, Stages.all(), part -> {});
        try {
            dashboard = new DashboardOptions().start(cluster, "127.0.0.1", Optional.of(0));
        } catch (RuntimeException e) {
            stack.close();
            throw e;
        }
    }

    private void closeComponents() {
        dashboard.close();
        stack.close();
    }

    @Override
    public void close() {
        hanging.close();
        closeComponents();
        broker.close();
    }
}
