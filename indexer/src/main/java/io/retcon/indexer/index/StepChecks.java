package io.retcon.indexer.index;

import io.retcon.schemas.history.PackedTokens;
import io.retcon.schemas.history.RunManifests;
import io.retcon.schemas.history.Window;

/** Holds the sequences of a window, as they come in order, against its steps' manifests. */
final class StepChecks {
    private final RunManifests manifests;
    private final String run;
    private final int sequencesPerStep;
    private final Crc32cJoin join;
    private long sequences;
    private long checksum;

    StepChecks(RunManifests manifests, String run) {
        var manifest = manifests.of(run);
        this.manifests = manifests;
        this.run = run;
        this.sequencesPerStep = manifest.getSequencesPerStep();
        this.join =
                new Crc32cJoin(
                        (long) manifest.getTokensPerSequence()
                                * PackedTokens.bytesPerToken(manifest.getWidth()));
    }

    void sequence(long number, long crc32c) throws DamagedIndex {
        sequences++;
        checksum = join.join(checksum, crc32c);
        if (number % sequencesPerStep == sequencesPerStep - 1) {
            var said = manifests.step(run, number / sequencesPerStep);
            if (said.isEmpty() || said.get().getCrc32c() != checksum) {
                throw new DamagedIndex(
                        "step %d of run '%s' is not what its manifest says"
                                .formatted(number / sequencesPerStep, run));
            }
            checksum = 0;
        }
    }

    void end(Window window) throws DamagedIndex {
        long expected = window.steps() * sequencesPerStep;
        if (sequences != expected) {
            throw new DamagedIndex(
                    "%d of the %d sequences of steps %d to %d of run '%s' are there"
                            .formatted(sequences, expected, window.from(), window.to() - 1, run));
        }
    }
}
