package io.retcon.indexer.index;

/** Told how work advances; may be called from several threads at once. */
public interface Advance {
    /**
     * @throws java.util.concurrent.CancellationException to give up
     */
    void by(long sequences);
}
