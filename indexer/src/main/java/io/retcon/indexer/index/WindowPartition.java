package io.retcon.indexer.index;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.history.Window;
import io.retcon.schemas.record.RunManifest;

import java.util.Map;
import java.util.TreeMap;

/**
 * One partition's share of a window of a run: sequences first, first + P, … of those from {@code
 * from} to {@code to}−1, numbered as step · B + place in the step.
 */
record WindowPartition(String run, RunManifest manifest, Window window, int partition) {
    private static final String FORMAT = "1";

    WindowPartition {
        requireNonNull(run, "run is null");
        requireNonNull(manifest, "manifest is null");
        requireNonNull(window, "window is null");
        if (partition < 0 || partition >= manifest.getPartitions()) {
            throw new IllegalArgumentException("there is no partition " + partition);
        }
    }

    /** Its first sequence; {@link #end} or more where it has none. */
    long first() {
        long from = window.from() * manifest.getSequencesPerStep();
        return from + Math.floorMod(partition - from, manifest.getPartitions());
    }

    /** One after the window's last sequence. */
    long end() {
        return window.to() * manifest.getSequencesPerStep();
    }

    /** How many sequences from {@code first} to before {@code next} are this partition's. */
    long count(long next) {
        return (next - first()) / manifest.getPartitions();
    }

    long after(long sequence) {
        return sequence + manifest.getPartitions();
    }

    /** What an index must say of itself to be this one's. */
    Map<String, String> identity() {
        var identity = new TreeMap<String, String>();
        identity.put("format", FORMAT);
        identity.put("run", run);
        identity.put("window", window.from() + "-" + window.to());
        identity.put("partition", partition + "/" + manifest.getPartitions());
        identity.put("sequencesPerStep", String.valueOf(manifest.getSequencesPerStep()));
        identity.put("tokenizer", manifest.getTokenizerSha256().orElse(""));
        return identity;
    }
}
