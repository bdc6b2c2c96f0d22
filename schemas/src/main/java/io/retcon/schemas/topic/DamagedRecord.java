package io.retcon.schemas.topic;

import java.util.Optional;
import java.util.regex.Pattern;

/** A record whose checksum says that the broker's disk has changed it, as a client reports it. */
public final class DamagedRecord {
    private static final Pattern SAID =
            Pattern.compile("Record batch for partition (\\S+) at offset (\\d+) is invalid");

    /** How far down causes are looked at. */
    private static final int CHAIN = 16;

    private DamagedRecord() {}

    /** What to say of a failure that one of them brought about. */
    public static Optional<String> sentence(Throwable failure) {
        var cause = failure;
        for (int i = 0; cause != null && i < CHAIN; i++, cause = cause.getCause()) {
            var place = SAID.matcher(String.valueOf(cause.getMessage()));
            if (place.find()) {
                return Optional.of(
                        "the record at offset %s of %s is damaged on the broker's disk: restore its data folder from a copy, or name an empty one with --data and import again"
                                .formatted(place.group(2), place.group(1)));
            }
        }
        return Optional.empty();
    }
}
