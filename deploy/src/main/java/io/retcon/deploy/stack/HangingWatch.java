package io.retcon.deploy.stack;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.WARNING;
import static java.util.Objects.requireNonNull;

import io.retcon.schemas.topic.Cluster;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Looks once a minute for hanging transactions while producers work, and aborts those that hung a
 * minute ago too: a broker that comes back after an outage can leave one, and no stage gets any
 * further then.
 */
public final class HangingWatch implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(HangingWatch.class.getName());
    private static final long MINUTE = 60;

    private final Cluster cluster;
    private final CountDownLatch closed = new CountDownLatch(1);
    private Set<HangingTransactions.Hanging> before = Set.of();

    private HangingWatch(Cluster cluster) {
        this.cluster = requireNonNull(cluster, "cluster is null");
    }

    public static HangingWatch start(Cluster cluster) {
        var watch = new HangingWatch(cluster);
        Thread.ofPlatform().name("hanging-transactions").daemon().start(watch::work);
        return watch;
    }

    private void work() {
        try (var admin = cluster.admin()) {
            var transactions = new HangingTransactions(admin);
            while (!closed.await(MINUTE, TimeUnit.SECONDS)) {
                look(transactions);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look(HangingTransactions transactions) throws InterruptedException {
        try {
            var now = transactions.find();
            var still = new HashSet<>(now);
            still.retainAll(before);
            before = now;
            if (!still.isEmpty()) {
                LOG.log(WARNING, "transactions that hang are aborted: {0}", still);
                transactions.abort(still);
            }
        } catch (ExecutionException away) {
            LOG.log(DEBUG, "hanging transactions are looked for later", away);
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
