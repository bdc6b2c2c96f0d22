package io.retcon.streams.ingest;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.item.ItemFile;
import io.retcon.schemas.item.KnownItems;
import io.retcon.schemas.topic.Cluster;
import io.retcon.schemas.topic.Keys;
import io.retcon.schemas.topic.TopicCatalogue;
import io.retcon.schemas.topic.Transaction;

import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Item files in, retcon.items out, in one transaction. */
public final class ItemsImport {
    private final Cluster cluster;

    public ItemsImport(Cluster cluster) {
        this.cluster = requireNonNull(cluster, "cluster is null");
    }

    /**
     * @param refused gets each malformed line; it may throw to stop at the first, and then nothing
     *     is imported
     * @return benchmark to the number of its items
     */
    public SortedMap<String, Integer> run(List<Path> files, Consumer<RefusedInput> refused) {
        var counts = new TreeMap<String, Integer>();
        var known = new KnownItems();
        try (var transaction = new Transaction(cluster, "items-import")) {
            for (var file : files) {
                new ItemFile(file, known)
                        .read(
                                item -> {
                                    transaction.send(
                                            TopicCatalogue.ITEMS,
                                            Keys.item(item.getBenchmark(), item.getId()),
                                            item);
                                    counts.merge(item.getBenchmark(), 1, Integer::sum);
                                },
                                refused);
            }
            transaction.commit();
        }
        return counts;
    }
}
