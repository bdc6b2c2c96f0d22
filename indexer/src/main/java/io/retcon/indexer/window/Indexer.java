package io.retcon.indexer.window;

import static java.util.Objects.requireNonNull;

import io.retcon.indexer.index.WindowIndexes;
import io.retcon.schemas.topic.Cluster;
import io.retcon.schemas.topic.ClusterWait;
import io.retcon.schemas.topic.TopicCatalogue;

import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ProducerFencedException;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/**
 * Reads selections and says, on retcon.matches, which part each document plays; while nothing is
 * asked it indexes the windows between checkpoints. A long-running process in a thread of its own.
 *
 * <p>Killed at any moment and started again it goes on with the selection it was at, and readers of
 * committed records see each answer once. There is one indexer a cluster: the one that starts last
 * fences off the one before, which dies.
 */
public final class Indexer implements AutoCloseable {
    /** Holds the position in retcon.selections; also the transactional id. */
    public static final String GROUP = "retcon-indexer";

    private static final Duration POLL = Duration.ofMillis(200);

    private final Cluster cluster;
    private final Windows windows;
    private final Consumer<Throwable> died;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread;

    private Indexer(Cluster cluster, IndexerSettings settings, Consumer<Throwable> died) {
        this.cluster = requireNonNull(cluster, "cluster is null");
        this.windows =
                new Windows(
                        new WindowIndexes(cluster, settings.windows(), settings.threads()),
                        settings.vectors(),
                        settings.encoders());
        this.died = requireNonNull(died, "died is null");
        this.thread = Thread.ofPlatform().name(GROUP).unstarted(this::work);
    }

    /**
     * @param died told once if the indexer ends before it is closed: it was fenced off, may not
     *     read or write the topics, or failed
     */
    public static Indexer start(
            Cluster cluster, IndexerSettings settings, Consumer<Throwable> died) {
        var indexer = new Indexer(cluster, settings, died);
        indexer.thread.start();
        return indexer;
    }

    /** Blocks until the indexer has ended. */
    public void join() throws InterruptedException {
        thread.join();
    }

    /**
     * Stops after the sequences that are being read; an unfinished selection is begun anew later.
     */
    @Override
    public void close() {
        stop.countDown();
        try {
            join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void work() {
        try {
            ClusterWait.logged(GROUP, this::stopping).run(this::serveUnlessFenced);
        } catch (CancellationException stopped) {
            return;
        } catch (RuntimeException | Error e) {
            died.accept(e);
        }
    }

    private void serveUnlessFenced() {
        try {
            serve();
        } catch (ProducerFencedException e) {
            throw new FencedOff();
        }
    }

    /** From the committed position on, until told to stop or the cluster fails. */
    private void serve() {
        try (var desk = new SelectionDesk(cluster, windows, GROUP);
                var ahead = new WindowsAhead(cluster, windows.indexes());
                var consumer = cluster.consumer(GROUP)) {
            consumer.assign(List.of(new TopicPartition(TopicCatalogue.SELECTIONS.name(), 0)));
            while (!stopping()) {
                var selections = consumer.poll(POLL);
                for (var selection : selections) {
                    desk.answer(selection, this::giveUpIfStopping);
                }
                if (selections.isEmpty()) {
                    ahead.work(this::giveUpIfStopping);
                }
            }
        }
    }

    private boolean stopping() {
        return stop.getCount() == 0;
    }

    private void giveUpIfStopping() {
        if (stopping()) {
            throw new CancellationException("told to stop");
        }
    }

    /** Another indexer has taken over. */
    private static final class FencedOff extends RuntimeException {
        private static final long serialVersionUID = 1;

        FencedOff() {
            super("another indexer works on the cluster since, and one is enough: stop one of them");
        }
    }
}
