package io.retcon.streams.walking;

/** Where history is read from. Thread-safe. */
@FunctionalInterface
public interface HistorySource {
    /** A cursor before the partition's first sequence of {@code step} or a later step. */
    HistoryCursor open(String run, int partition, long step);
}
