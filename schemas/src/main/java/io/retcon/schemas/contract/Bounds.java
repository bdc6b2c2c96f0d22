package io.retcon.schemas.contract;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.record.DocumentRef;
import io.retcon.schemas.record.RetrainingId;

/** The bounds that fields of several records share. */
final class Bounds {
    /** Characters of a name; stores keep names in at most 65,535 bytes. */
    static final int NAME = 4096;

    private Bounds() {}

    /** A name that keys and stores can hold: a zero would end it there. */
    static void name(String field, String value) {
        if (value.isEmpty() || value.length() > NAME || value.indexOf('\0') >= 0) {
            throw new RefusedInput(
                    "'%s' of %d characters is no name: it takes 1 to %d, and no zero among them"
                            .formatted(field, value.length(), NAME));
        }
    }

    static void atLeast(long least, String field, long value) {
        if (value < least) {
            throw new RefusedInput(
                    "'%s' is %d: it must be %d at least".formatted(field, value, least));
        }
    }

    static void between(long least, long most, String field, long value) {
        if (value < least || value > most) {
            throw new RefusedInput(
                    "'%s' is %d: it must be from %d to %d".formatted(field, value, least, most));
        }
    }

    static void retraining(RetrainingId id) {
        name("intervention", id.getIntervention());
        name("arm", id.getArm());
        atLeast(0, "replicate", id.getReplicate());
    }

    /** A document in a history. */
    static void document(DocumentRef document) {
        atLeast(0, "step", document.getStep());
        donor(document);
    }

    /** A document in a history, or, with step −1, one that a spec brings along. */
    static void donor(DocumentRef document) {
        between(-1, HistoryContract.STEPS, "step", document.getStep());
        between(0, HistoryContract.SEQUENCES, "sequence", document.getSequence());
        span("document", document.getStart(), document.getLength(), HistoryContract.TOKENS);
    }

    /** A span of {@code length} positions from {@code start} on, inside {@code end} positions. */
    static void span(String what, int start, int length, int end) {
        if (start < 0 || length < 0 || (long) start + length > end) {
            throw new RefusedInput(
                    "a %s of %d tokens from %d on does not lie in a sequence of %d"
                            .formatted(what, length, start, end));
        }
    }
}
