package io.retcon.indexer.window;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;
import static java.util.Objects.requireNonNull;

import io.retcon.indexer.index.WindowIndexes;
import io.retcon.schemas.FailureCause;
import io.retcon.schemas.history.RunManifests;
import io.retcon.schemas.history.Window;
import io.retcon.schemas.record.Checkpoint;
import io.retcon.schemas.serde.RecordSerde;
import io.retcon.schemas.topic.Cluster;
import io.retcon.schemas.topic.TopicCatalogue;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;

/**
 * Indexes what a run was trained on between two checkpoints as soon as both are announced, so that
 * the first question about it finds its index there. Works in slices while nothing is asked, and
 * leaves the rest to the first question where the folder is full. Not thread-safe.
 */
final class WindowsAhead implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(WindowsAhead.class.getName());
    private static final Duration SLICE = Duration.ofSeconds(5);

    private final Cluster cluster;
    private final WindowIndexes indexes;
    private final RecordSerde<Checkpoint> checkpoints;
    private final Consumer<String, byte[]> consumer;
    private final Map<String, TreeSet<Long>> steps = new TreeMap<>();
    private final Deque<RunWindow> waiting = new ArrayDeque<>();

    private record RunWindow(String run, Window window) {}

    WindowsAhead(Cluster cluster, WindowIndexes indexes) {
        this.cluster = requireNonNull(cluster, "cluster is null");
        this.indexes = requireNonNull(indexes, "indexes is null");
        this.checkpoints = cluster.serde(TopicCatalogue.CHECKPOINTS);
        this.consumer = cluster.consumer();
        var topic = new TopicPartition(TopicCatalogue.CHECKPOINTS.name(), 0);
        consumer.assign(List.of(topic));
        consumer.seekToBeginning(List.of(topic));
    }

    /**
     * Goes on for a slice of time, if there is anything to index.
     *
     * @param giveUp called often, from several threads; may throw to give up
     */
    void work(Runnable giveUp) {
        listen();
        if (waiting.isEmpty()) {
            return;
        }
        var next = waiting.getFirst();
        long end = System.nanoTime() + SLICE.toNanos();
        try {
            boolean whole =
                    indexes.fill(
                            RunManifests.read(cluster),
                            next.run(),
                            next.window(),
                            _ -> {
                                giveUp.run();
                                if (System.nanoTime() > end) {
                                    throw new SliceEnded();
                                }
                            });
            LOG.log(
                    INFO,
                    whole
                            ? "steps {0} of run ''{1}'' are indexed"
                            : "no room to index steps {0} of run ''{1}'' ahead",
                    next.window(),
                    next.run());
            waiting.removeFirst();
        } catch (SliceEnded later) {
            // The next slice goes on where this one ended.
        } catch (RuntimeException e) {
            var reason = FailureCause.reason(e);
            LOG.log(WARNING, "steps {0} are not indexed ahead: {1}", next.window(), reason);
            waiting.removeFirst();
        }
    }

    /** Takes the checkpoints of original runs that were announced since. */
    private void listen() {
        for (var record : consumer.poll(Duration.ZERO)) {
            try {
                var checkpoint =
                        checkpoints.deserializer().deserialize(record.topic(), record.value());
                if (checkpoint != null && checkpoint.getRetraining().isEmpty()) {
                    announced(checkpoint.getRun(), checkpoint.getStep());
                }
            } catch (SerializationException e) {
                LOG.log(WARNING, "a checkpoint is passed over: {0}", e.getMessage());
            }
        }
    }

    private void announced(String run, long step) {
        var known = steps.computeIfAbsent(run, _ -> new TreeSet<>());
        if (!known.add(step)) {
            return;
        }
        var before = known.lower(step);
        if (before != null) {
            waiting.add(new RunWindow(run, new Window(before, step)));
        }
    }

    @Override
    public void close() {
        consumer.close();
    }

    /** Time for questions again. */
    private static final class SliceEnded extends CancellationException {
        private static final long serialVersionUID = 1;
    }
}
