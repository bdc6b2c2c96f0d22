package io.retcon.schemas.serde;

/** A schema registry does not answer: whoever has records to read or write must wait for it. */
public final class RegistryAway extends RuntimeException {
    RegistryAway(String message, Throwable cause) {
        super(message, cause);
    }
}
