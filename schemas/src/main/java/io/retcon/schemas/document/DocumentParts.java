package io.retcon.schemas.document;

import io.retcon.schemas.record.DocumentRef;
import io.retcon.schemas.record.RunManifest;

import java.util.regex.Pattern;

/**
 * Documents that a sequence's end cuts: an import calls the parts {@code id}, {@code id#2}, {@code
 * id#3}, …, each of which fills its sequence to the end but for the last.
 */
public final class DocumentParts {
    private static final Pattern CONTINUED = Pattern.compile("(.+)#([1-9][0-9]{0,8})");

    private DocumentParts() {}

    /**
     * Whether {@code next} begins the sequence after that which {@code part} fills, as its rest.
     */
    public static boolean continues(DocumentRef part, DocumentRef next, RunManifest manifest) {
        return next.getStart() == 0
                && part.getStart() + part.getLength() == manifest.getTokensPerSequence()
                && place(next, manifest) == place(part, manifest) + 1
                && isNext(part.getId(), next.getId());
    }

    private static long place(DocumentRef document, RunManifest manifest) {
        return document.getStep() * manifest.getSequencesPerStep() + document.getSequence();
    }

    private static boolean isNext(String id, String next) {
        if (next.equals(id + "#2")) {
            return true;
        }
        var part = CONTINUED.matcher(id);
        return part.matches()
                && next.equals(part.group(1) + "#" + (Integer.parseInt(part.group(2)) + 1));
    }
}
