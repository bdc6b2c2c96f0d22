package io.retcon.indexer.window;

import static java.util.Objects.requireNonNull;

import io.retcon.indexer.text.DocumentTexts;
import io.retcon.indexer.text.TokenText;
import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.history.RunManifests;
import io.retcon.schemas.history.Window;
import io.retcon.schemas.history.WindowReader;
import io.retcon.schemas.record.DocumentRef;
import io.retcon.schemas.record.HistorySequence;
import io.retcon.schemas.topic.Cluster;

import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The documents of one window as text, in training order; every step is checked against its
 * manifest. Not thread-safe.
 */
final class WindowText implements AutoCloseable {
    private final String run;
    private final RunManifests manifests;
    private final DocumentTexts texts;
    private final WindowReader reader;
    private final int sequencesPerStep;
    private final CRC32C stepChecksum = new CRC32C();

    /** Takes documents one by one. */
    interface Sink {
        void accept(DocumentRef document, byte[] text);
    }

    WindowText(
            Cluster cluster,
            String run,
            RunManifests manifests,
            TokenText tokenText,
            Window window) {
        this.run = requireNonNull(run, "run is null");
        this.manifests = requireNonNull(manifests, "manifests is null");
        this.texts = new DocumentTexts(tokenText);
        var manifest = manifests.of(run);
        this.sequencesPerStep = manifest.getSequencesPerStep();
        this.reader = new WindowReader(cluster, run, manifest, window);
    }

    /**
     * Reads the next sequence.
     *
     * @return false after the window's last one
     * @throws RefusedInput if the history has a gap or is not what its manifests say
     */
    boolean next(Sink sink) {
        var next = read();
        next.ifPresent(sequence -> documents(sequence, sink));
        return next.isPresent();
    }

    private Optional<HistorySequence> read() {
        var next = reader.next();
        next.ifPresent(this::check);
        return next;
    }

    private void check(HistorySequence sequence) {
        stepChecksum.update(sequence.getTokens().duplicate());
        if (sequence.getSequence() == sequencesPerStep - 1) {
            long found = stepChecksum.getValue();
            stepChecksum.reset();
            var said = manifests.step(run, sequence.getStep());
            if (said.isEmpty() || said.get().getCrc32c() != found) {
                throw new RefusedInput(
                        "step %d of run '%s' is not what its manifest says: import the history again"
                                .formatted(sequence.getStep(), run));
            }
        }
    }

    private void documents(HistorySequence sequence, Sink sink) {
        var text = texts.of(sequence).iterator();
        for (var span : sequence.getDocuments()) {
            sink.accept(
                    new DocumentRef(
                            span.getId(),
                            sequence.getStep(),
                            sequence.getSequence(),
                            span.getStart(),
                            span.getLength()),
                    text.next());
        }
    }

    @Override
    public void close() {
        reader.close();
    }
}
