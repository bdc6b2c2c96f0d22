package io.retcon.schemas.serde;

import org.apache.avro.util.ClassSecurityValidator;

/**
 * Avro 1.12.2 refuses generated classes until somebody vouches for them (AVRO-4189): we do, for
 * ours alone.
 */
public final class TrustedRecords {
    private static final String OURS = "io.retcon.schemas.record.";

    static {
        ClassSecurityValidator.setGlobal(
                ClassSecurityValidator.composite(
                        type -> type.getName().startsWith(OURS), ClassSecurityValidator.DEFAULT));
    }

    private TrustedRecords() {}

    /**
     * Call before the first record is read, written or built with defaults; the work is done once,
     * when this class loads.
     */
    public static void vouch() {}
}
