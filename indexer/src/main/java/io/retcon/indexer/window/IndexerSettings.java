package io.retcon.indexer.window;

import static java.util.Objects.requireNonNull;

import io.retcon.indexer.index.IndexFolder;

/**
 * What an operator decides for an indexer.
 *
 * @param folder where its indexes lie
 * @param threads how many partitions are indexed at once
 */
public record IndexerSettings(IndexFolder folder, int threads) {
    public IndexerSettings {
        requireNonNull(folder, "folder is null");
        if (threads < 1) {
            throw new IllegalArgumentException("there must be a thread");
        }
    }
}
