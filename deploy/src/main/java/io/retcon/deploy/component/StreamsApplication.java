package io.retcon.deploy.component;

import static java.lang.System.Logger.Level.WARNING;
import static java.util.Objects.requireNonNull;

import io.retcon.schemas.Causes;
import io.retcon.schemas.topic.ClusterWait;

import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.MissingSourceTopicException;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * One stage's application. It outlasts the cluster's absence; local state that is found damaged is
 * deleted and restored from its topics; whatever else fails ends it. Thread-safe.
 */
final class StreamsApplication {
    private static final System.Logger LOG = System.getLogger(StreamsApplication.class.getName());
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** State that is damaged again so soon is not mended by being restored. */
    private static final Duration BETWEEN_RESTORATIONS = Duration.ofMinutes(10);

    private final String name;
    private final Supplier<KafkaStreams> maker;
    private final Consumer<Throwable> died;
    private final ClusterWait wait;
    private KafkaStreams running;
    private Optional<Long> restored = Optional.empty();
    private boolean closed;

    /**
     * @param maker makes the application anew; it is not started
     * @param died told once if the application ends before it is closed
     */
    StreamsApplication(String name, Supplier<KafkaStreams> maker, Consumer<Throwable> died) {
        this.name = requireNonNull(name, "name is null");
        this.maker = requireNonNull(maker, "maker is null");
        this.died = requireNonNull(died, "died is null");
        this.wait = ClusterWait.logged(name, () -> false);
        this.running = made();
    }

    /** Its local state; to be called before it is started. */
    synchronized void deleteState() {
        running.cleanUp();
    }

    synchronized void start() {
        running.start();
    }

    private KafkaStreams made() {
        var streams = maker.get();
        streams.setUncaughtExceptionHandler(this::failed);
        return streams;
    }

    /** A broker that has just come back may not know of all its topics. */
    private static boolean isOfTopicsNotThereYet(Throwable failure) {
        return Causes.of(failure).anyMatch(MissingSourceTopicException.class::isInstance);
    }

    private synchronized StreamThreadExceptionResponse failed(Throwable failure) {
        if (ClusterWait.passes(failure) || isOfTopicsNotThereYet(failure)) {
            wait.failed(failure);
            return StreamThreadExceptionResponse.REPLACE_THREAD;
        }
        if (isDamage(failure) && mayRestore()) {
            restored = Optional.of(System.nanoTime());
            LOG.log(
                    WARNING,
                    "the local state of {0} is damaged ({1}): it is deleted and restored from its"
                            + " topics",
                    name,
                    failure.getMessage());
            Thread.ofVirtual().name(name + "-restoration").start(this::restore);
        } else {
            died.accept(failure);
        }
        return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }

    private boolean mayRestore() {
        return restored.isEmpty()
                || System.nanoTime() - restored.get() > BETWEEN_RESTORATIONS.toNanos();
    }

    /** A full disk damages nothing, and restoring needs more of it. */
    private static boolean isDamage(Throwable failure) {
        return Causes.of(failure).anyMatch(ProcessorStateException.class::isInstance)
                && Causes.of(failure)
                        .noneMatch(
                                cause ->
                                        String.valueOf(cause.getMessage())
                                                .contains("No space left on device"));
    }

    private void restore() {
        try {
            before().close(PATIENCE);
            restart();
        } catch (RuntimeException e) {
            died.accept(e);
        }
    }

    private synchronized KafkaStreams before() {
        return running;
    }

    private synchronized void restart() {
        if (closed) {
            return;
        }
        running = made();
        running.cleanUp();
        running.start();
    }

    /** Begins to close, and does not wait. */
    synchronized void stop() {
        closed = true;
        running.close(Duration.ZERO);
    }

    /** Whether it is closed within 20 seconds. */
    boolean isClosed() {
        return before().close(PATIENCE);
    }
}
