package io.retcon.deploy.dashboard.board;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.topic.Cluster;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/**
 * Asks the cluster every second whether it is there, in a thread of its own: a consumer waits for a
 * broker that is away without a word.
 */
final class BrokerWatch implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration INTEREST = Duration.ofSeconds(20);
    private static final int PATIENCE_MILLIS = 5_000;

    private final Cluster cluster;
    private final Thread thread;
    private volatile Broker state = new Broker.Unasked();
    private volatile long looked = System.nanoTime() - INTEREST.toNanos();

    private BrokerWatch(Cluster cluster) {
        this.cluster = requireNonNull(cluster, "cluster is null");
        this.thread = Thread.ofPlatform().name("dashboard-broker").daemon().unstarted(this::watch);
    }

    static BrokerWatch start(Cluster cluster) {
        var watch = new BrokerWatch(cluster);
        watch.thread.start();
        return watch;
    }

    Broker state() {
        return state;
    }

    /** Somebody looks at offsets: they are asked for during the next seconds. */
    void look() {
        looked = System.nanoTime();
    }

    /** Somebody else could not reach it. */
    void failed(Exception e) {
        state = away(e);
    }

    private void watch() {
        while (!Thread.currentThread().isInterrupted()) {
            try (var admin = cluster.admin()) {
                while (true) {
                    state = asked(admin);
                    Thread.sleep(PAUSE);
                }
            } catch (InterruptedException closed) {
                return;
            } catch (KafkaException e) {
                state = away(e);
                try {
                    Thread.sleep(PAUSE);
                } catch (InterruptedException closed) {
                    return;
                }
            }
        }
    }

    private Broker asked(Admin admin) throws InterruptedException {
        try {
            var options = new DescribeClusterOptions().timeoutMs(PATIENCE_MILLIS);
            var nodes =
                    admin.describeCluster(options).nodes().get().stream()
                            .sorted(Comparator.comparingInt(Node::id))
                            .map(n -> "%d %s:%d".formatted(n.id(), n.host(), n.port()))
                            .toList();
            boolean isLookedAt = System.nanoTime() - looked < INTEREST.toNanos();
            return new Broker.Answers(
                    nodes, isLookedAt ? Optional.of(ClusterState.read(admin)) : Optional.empty());
        } catch (ExecutionException e) {
            return away(e.getCause());
        }
    }

    /** Since when it is away, however often that is found out. */
    private Broker away(Throwable e) {
        return state instanceof Broker.Away away
                ? away
                : new Broker.Away(Instant.now(), String.valueOf(e.getMessage()));
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
