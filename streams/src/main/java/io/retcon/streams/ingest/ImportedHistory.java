package io.retcon.streams.ingest;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.record.RunManifest;

import java.util.List;

/**
 * A run that was imported.
 *
 * @param caveats what was left out of the files or is odd about them, a sentence each
 */
public record ImportedHistory(RunManifest manifest, List<String> caveats) {
    public ImportedHistory {
        requireNonNull(manifest, "manifest is null");
        caveats = List.copyOf(caveats);
    }
}
