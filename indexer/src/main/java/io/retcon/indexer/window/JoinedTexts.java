package io.retcon.indexer.window;

import static java.util.Objects.requireNonNull;

import io.retcon.indexer.match.Matches;
import io.retcon.indexer.match.Matching;
import io.retcon.schemas.document.DocumentParts;
import io.retcon.schemas.record.DocumentRef;
import io.retcon.schemas.record.RunManifest;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;

/**
 * Gives a pass the documents of a window in training order, those that sequences' ends cut whole:
 * the first part with the text of all, the others with none, so that numbers stay. Holds one
 * document's text. Not thread-safe.
 */
final class JoinedTexts {
    private static final byte[] NO_TEXT = {};

    private final Matching matching;
    private final List<DocumentRef> parts = new ArrayList<>();
    private final ByteArrayOutputStream text = new ByteArrayOutputStream();

    private final BiPredicate<DocumentRef, DocumentRef> continued;

    private JoinedTexts(Matching matching, BiPredicate<DocumentRef, DocumentRef> continued) {
        this.matching = requireNonNull(matching, "matching is null");
        this.continued = requireNonNull(continued, "continued is null");
    }

    /** Documents that are cut come whole. */
    static JoinedTexts whole(Matching matching, RunManifest manifest) {
        return new JoinedTexts(
                matching, (part, next) -> DocumentParts.continues(part, next, manifest));
    }

    /** Every part comes with its own text. */
    static JoinedTexts parts(Matching matching) {
        return new JoinedTexts(matching, (part, next) -> false);
    }

    void add(DocumentRef document, byte[] bytes) {
        if (!parts.isEmpty() && !continued.test(parts.getLast(), document)) {
            give();
        }
        parts.add(document);
        text.writeBytes(bytes);
    }

    Matches end() {
        give();
        return matching.end();
    }

    private void give() {
        for (int part = 0; part < parts.size(); part++) {
            matching.add(parts.get(part).getId(), part == 0 ? text.toByteArray() : NO_TEXT);
        }
        parts.clear();
        text.reset();
    }
}
