package io.retcon.deploy.bench;

import java.util.List;
import java.util.function.Consumer;

/**
 * Documents that are not held: they come again, the same ones in the same order, whenever they are
 * asked for, in batches small enough to be timed without what made them.
 */
interface BenchDocuments {
    /** Documents in a batch, but for the last. */
    int BATCH = 1000;

    /** Gives texts in UTF-8, batch after batch. */
    void forEachBatch(Consumer<List<byte[]>> sink);

    int count();

    /** The first of these documents, at most {@code count}, at least one. */
    BenchDocuments first(int count);
}
