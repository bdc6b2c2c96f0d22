package io.retcon.indexer.index;

import static java.lang.System.Logger.Level.WARNING;
import static java.util.Objects.requireNonNull;

import io.retcon.indexer.text.TokenText;
import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.history.RunManifests;
import io.retcon.schemas.history.Window;
import io.retcon.schemas.topic.Cluster;

import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.NIOFSDirectory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/**
 * The window indexes of one indexer, in a folder of its own: filled from retcon.history when they
 * are first opened or before, continued where a crash left them, rebuilt when damaged. Any of them
 * may be deleted while it is not open; the next opening builds it again.
 */
public final class WindowIndexes {
    private static final System.Logger LOG = System.getLogger(WindowIndexes.class.getName());

    private final Cluster cluster;
    private final IndexFolder folder;
    private final int threads;

    /**
     * @param threads how many partitions are filled at once
     */
    public WindowIndexes(Cluster cluster, IndexFolder folder, int threads) {
        this.cluster = requireNonNull(cluster, "cluster is null");
        this.folder = requireNonNull(folder, "folder is null");
        this.threads = threads;
    }

    /**
     * The index of a window, filled and checked.
     *
     * @param advance told of every sequence of the window
     * @throws RefusedInput if the history is not whole or has no text
     */
    public WindowIndex open(RunManifests manifests, String run, Window window, Advance advance) {
        var partitions = partitions(manifests, run, window);
        var path = folder.of(run, window);
        try {
            try {
                return fillAndRead(partitions, manifests, path, advance);
            } catch (DamagedIndex damage) {
                rebuild(run, window, path, damage);
                return fillAndRead(partitions, manifests, path, _ -> advance.by(0));
            }
        } catch (DamagedIndex stillNot) {
            throw new RefusedInput(stillNot.getMessage() + ": import the history again", stillNot);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Fills the index of a window before it is asked for.
     *
     * @param advance may throw to give up; what was done until then is kept
     * @return whether there was room for it
     * @throws RefusedInput if the history is not whole or has no text
     */
    public boolean fill(RunManifests manifests, String run, Window window, Advance advance) {
        var partitions = partitions(manifests, run, window);
        var path = folder.of(run, window);
        try {
            if (folder.isFull()) {
                return false;
            }
            try {
                fill(partitions, manifests, path, advance);
            } catch (DamagedIndex damage) {
                rebuild(run, window, path, damage);
                fill(partitions, manifests, path, advance);
            }
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<WindowPartition> partitions(
            RunManifests manifests, String run, Window window) {
        var manifest = manifests.of(run);
        if (window.to() > manifest.getSteps()) {
            throw new RefusedInput(
                    "window %s ends beyond the history of run '%s', which has %d steps"
                            .formatted(window, run, manifest.getSteps()));
        }
        return IntStream.range(0, manifest.getPartitions())
                .mapToObj(p -> new WindowPartition(run, manifest, window, p))
                .toList();
    }

    private static void rebuild(String run, Window window, Path path, DamagedIndex damage)
            throws IOException {
        LOG.log(
                WARNING,
                "the index of steps {0} of run ''{1}'' is damaged and built again from the history:"
                        + " {2}",
                window,
                run,
                damage.getMessage());
        IndexFolder.delete(path);
    }

    private WindowIndex fillAndRead(
            List<WindowPartition> partitions, RunManifests manifests, Path path, Advance advance)
            throws IOException {
        fill(partitions, manifests, path, advance);
        folder.use(path);
        return read(partitions, manifests, path);
    }

    private void fill(
            List<WindowPartition> partitions, RunManifests manifests, Path path, Advance advance)
            throws IOException {
        List<Callable<Void>> fillings = new ArrayList<>();
        for (var partition : partitions) {
            fillings.add(
                    () -> {
                        try (var directory = directory(path, partition)) {
                            new PartitionFilling(
                                            cluster,
                                            partition,
                                            () -> TokenText.of(manifests, partition.run()))
                                    .run(directory, advance);
                        }
                        return null;
                    });
        }
        try (var pool = Executors.newFixedThreadPool(threads)) {
            for (var filled : pool.invokeAll(fillings)) {
                filled.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while an index was filled");
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case IOException failed -> throw failed;
                case RuntimeException failed -> throw failed;
                default -> throw new IllegalStateException(e.getCause());
            }
        }
    }

    private static WindowIndex read(
            List<WindowPartition> partitions, RunManifests manifests, Path path)
            throws IOException {
        var readers = new ArrayList<DirectoryReader>();
        try {
            for (var partition : partitions) {
                var reader = DirectoryReader.open(directory(path, partition));
                readers.add(reader);
                for (var leaf : reader.leaves()) {
                    leaf.reader().checkIntegrity();
                }
            }
            var any = partitions.getFirst();
            return new WindowIndex(readers, manifests, any.run(), any.window());
        } catch (IOException e) {
            for (var reader : readers) {
                reader.close();
            }
            throw DamagedIndex.from(e);
        }
    }

    /** Not mapped into memory: what is read once, in order, would only count as ours. */
    private static Directory directory(Path path, WindowPartition partition) throws IOException {
        return new NIOFSDirectory(path.resolve(String.valueOf(partition.partition())));
    }
}
