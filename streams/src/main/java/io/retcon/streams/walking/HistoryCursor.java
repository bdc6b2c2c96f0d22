package io.retcon.streams.walking;

import io.retcon.schemas.record.HistorySequence;

import java.util.Optional;

/** A run's sequences in one partition of history, in order. Not thread-safe. */
public interface HistoryCursor extends AutoCloseable {
    /** The next sequence, or empty where the partition ends. */
    Optional<HistorySequence> next();

    @Override
    void close();
}
