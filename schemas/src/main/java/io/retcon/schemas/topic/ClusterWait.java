package io.retcon.schemas.topic;

import static java.lang.System.Logger.Level.WARNING;
import static java.util.Objects.requireNonNull;

import io.retcon.schemas.Causes;

import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidPidMappingException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TransactionAbortableException;
import org.apache.kafka.common.errors.TransactionAbortedException;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Work on a cluster that outlasts the cluster's absence: it is begun again until it succeeds, is
 * stopped, or fails for a reason that no waiting mends. Says once a minute that it waits. Not
 * thread-safe.
 */
public final class ClusterWait {
    private static final System.Logger LOG = System.getLogger(ClusterWait.class.getName());
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration BETWEEN_NOTICES = Duration.ofMinutes(1);

    private final String who;
    private final BooleanSupplier stopped;
    private final Consumer<String> listener;
    private final LongSupplier nanoTime;
    private Optional<Long> noticed = Optional.empty();

    ClusterWait(
            String who, BooleanSupplier stopped, Consumer<String> listener, LongSupplier nanoTime) {
        this.who = requireNonNull(who, "who is null");
        this.stopped = requireNonNull(stopped, "stopped is null");
        this.listener = requireNonNull(listener, "listener is null");
        this.nanoTime = requireNonNull(nanoTime, "nanoTime is null");
    }

    /**
     * @param who waits, as the log names it
     * @param stopped whether there is nothing to wait for any more
     */
    public static ClusterWait logged(String who, BooleanSupplier stopped) {
        return new ClusterWait(who, stopped, line -> LOG.log(WARNING, line), System::nanoTime);
    }

    /**
     * @param listener told, once a minute, that somebody waits and why
     */
    public static ClusterWait told(String who, Consumer<String> listener) {
        return new ClusterWait(who, () -> false, listener, System::nanoTime);
    }

    /**
     * Does the work, again after each failure that passes.
     *
     * @throws CancellationException if it was stopped while it waited
     */
    public <T> T get(Supplier<T> work) {
        while (true) {
            try {
                return work.get();
            } catch (RuntimeException e) {
                if (!passes(e)) {
                    throw e;
                }
                if (stopped.getAsBoolean()) {
                    throw cancelled();
                }
                failed(e);
                pause();
            }
        }
    }

    /** As {@link #get}, of work that has no result. */
    public void run(Runnable work) {
        get(
                () -> {
                    work.run();
                    return null;
                });
    }

    /** Says that the cluster is away, unless it was said less than a minute ago. */
    public void failed(Throwable failure) {
        long now = nanoTime.getAsLong();
        if (noticed.isEmpty() || now - noticed.get() >= BETWEEN_NOTICES.toNanos()) {
            noticed = Optional.of(now);
            listener.accept(
                    "%s waits for the Kafka cluster, which does not answer as it should (%s)"
                            .formatted(who, reason(failure)));
        }
    }

    /**
     * Whether a failure is one of a cluster that is away, wherever it is in the chain of causes:
     * whoever begins anew later succeeds. Missing rights never pass.
     */
    public static boolean passes(Throwable failure) {
        return Causes.of(failure).noneMatch(ClusterWait::staysForGood)
                && Causes.of(failure).anyMatch(ClusterWait::isOfAnOutage);
    }

    private static boolean staysForGood(Throwable cause) {
        return cause instanceof AuthorizationException || cause instanceof AuthenticationException;
    }

    /**
     * A coordinator that comes back has aborted or forgotten what was open, or answers out of its
     * order: a new producer of the same id is well again.
     */
    private static boolean isOfAnOutage(Throwable cause) {
        return cause instanceof RetriableException
                || cause instanceof InvalidProducerEpochException
                || cause instanceof ProducerFencedException
                || cause instanceof InvalidTxnStateException
                || cause instanceof InvalidPidMappingException
                || cause instanceof OutOfOrderSequenceException
                || cause instanceof TransactionAbortableException
                || cause instanceof TransactionAbortedException;
    }

    private static String reason(Throwable failure) {
        return Causes.of(failure)
                .filter(ClusterWait::isOfAnOutage)
                .findFirst()
                .map(cause -> String.valueOf(cause.getMessage()))
                .orElseGet(() -> String.valueOf(failure.getMessage()));
    }

    private void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw cancelled();
        }
        if (stopped.getAsBoolean()) {
            throw cancelled();
        }
    }

    private CancellationException cancelled() {
        return new CancellationException(who + " was told to stop");
    }
}
