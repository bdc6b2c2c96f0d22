package io.retcon.indexer.window;

import static java.util.Objects.requireNonNull;

import io.retcon.indexer.index.IndexFolder;
import io.retcon.indexer.match.Encoders;

import java.nio.file.Path;

/**
 * What an operator decides for an indexer.
 *
 * @param folder all that it keeps: window indexes in {@code windows}, their documents' vectors in
 *     {@code vectors}; pairs of encoders are put into {@code encoders}
 * @param threads how many partitions are indexed, and texts encoded, at once
 */
public record IndexerSettings(Path folder, int threads) {
    public IndexerSettings {
        requireNonNull(folder, "folder is null");
        if (threads < 1) {
            throw new IllegalArgumentException("there must be a thread");
        }
    }

    public Encoders encoders() {
        return new Encoders(folder.resolve("encoders"), threads);
    }

    IndexFolder windows() {
        return new IndexFolder(folder.resolve("windows"));
    }

    VectorFolders vectors() {
        return new VectorFolders(folder.resolve("vectors"));
    }
}
