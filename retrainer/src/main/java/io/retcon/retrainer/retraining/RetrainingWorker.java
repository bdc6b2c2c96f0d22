package io.retcon.retrainer.retraining;

import static java.lang.System.Logger.Level.DEBUG;
import static java.util.Objects.requireNonNull;

import io.retcon.retrainer.progress.ProgressFeed;
import io.retcon.retrainer.publication.Publisher;
import io.retcon.schemas.record.Progress;
import io.retcon.schemas.topic.Cluster;
import io.retcon.schemas.topic.ClusterWait;

import org.apache.kafka.clients.consumer.ConsumerConfig;

import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Does the retrainings that retcon.retrainings asks for, one at a time, in threads of its own until
 * it is closed. Workers share the work by partition; what a killed one left is done again.
 */
public final class RetrainingWorker implements AutoCloseable {
    /**
     * What the names of the workers' consumer groups and of each worker's transactional id begin
     * with; the consumer group itself of those whose engine is nd4j.
     */
    public static final String GROUP = "retcon-retrainer";

    private static final System.Logger LOG = System.getLogger(RetrainingWorker.class.getName());
    private static final String IDENTITY = "worker-id";
    private static final int SESSION_TIMEOUT_MILLIS = 10_000;

    private final Cluster cluster;
    private final WorkerSettings settings;
    private final Consumer<Progress> listener;
    private final ExecutorService jobThread =
            Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().name("retraining").daemon().factory());
    private final Thread pollThread;
    private volatile boolean stopping;

    private RetrainingWorker(
            Cluster cluster,
            WorkerSettings settings,
            Consumer<Progress> listener,
            Consumer<Throwable> died) {
        this.cluster = requireNonNull(cluster, "cluster is null");
        this.settings = requireNonNull(settings, "settings is null");
        this.listener = requireNonNull(listener, "listener is null");
        requireNonNull(died, "died is null");
        this.pollThread =
                Thread.ofPlatform()
                        .name("retraining-claims")
                        .daemon()
                        .unstarted(
                                () -> {
                                    try {
                                        ClusterWait.logged(GROUP, () -> stopping).run(this::work);
                                    } catch (CancellationException stopped) {
                                        LOG.log(DEBUG, "stopped while it waited");
                                    } catch (RuntimeException | Error e) {
                                        died.accept(e);
                                    }
                                });
    }

    /**
     * Begins to work and returns.
     *
     * @param listener is told of every stage's progress, from any thread
     * @param died is told, once, if the work ends before it is closed
     */
    public static RetrainingWorker start(
            Cluster cluster,
            WorkerSettings settings,
            Consumer<Progress> listener,
            Consumer<Throwable> died) {
        var worker = new RetrainingWorker(cluster, settings, listener, died);
        worker.pollThread.start();
        return worker;
    }

    /** Until it is stopped, or the cluster goes away: then it is begun anew. */
    private void work() {
        var identity = new WorkerIdentity(settings.folder().resolve(IDENTITY)).get();
        try (var claims = new Claims(cluster, members(identity), WorkerGroup.of(settings));
                var jobs =
                        new RetrainingJobs(
                                cluster,
                                settings,
                                new Publisher(cluster, GROUP + "-" + identity),
                                new ProgressFeed(cluster, listener))) {
            while (!stopping) {
                var claim = claims.poll();
                if (claim.isPresent() && finished(claim.get(), claims, jobs)) {
                    claims.settle(claim.get());
                }
            }
        }
    }

    /** Works on a claim while polling for it, until it is done, lost, or the worker is closed. */
    private boolean finished(Claims.Claim claim, Claims claims, RetrainingJobs jobs) {
        var kept = new AtomicBoolean(true);
        var job =
                CompletableFuture.runAsync(
                        () -> jobs.run(claim.retraining(), () -> stopping || !kept.get()),
                        jobThread);
        try {
            while (!job.isDone()) {
                kept.set(claims.poll().filter(claim::equals).isPresent());
            }
        } catch (RuntimeException e) {
            kept.set(false);
            job.handle((done, failure) -> done).join();
            throw e;
        }
        try {
            job.join();
            return true;
        } catch (CancellationException e) {
            return false;
        } catch (CompletionException e) {
            if (e.getCause() instanceof CancellationException) {
                return false;
            }
            throw e;
        }
    }

    /**
     * A static member with a short session: a restarted worker takes its partitions up at once, and
     * the others need not wait for one that is gone.
     */
    private Cluster members(String identity) {
        return cluster.with(
                Map.of(
                        ConsumerConfig.GROUP_INSTANCE_ID_CONFIG,
                        identity,
                        ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG,
                        Integer.toString(SESSION_TIMEOUT_MILLIS)));
    }

    /** Stops between two steps; what was begun is done again by whoever comes next. */
    @Override
    public void close() {
        stopping = true;
        try {
            pollThread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        jobThread.close();
    }
}
