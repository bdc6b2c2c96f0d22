package io.retcon.schemas;

import java.util.stream.Stream;

/** The chain of a failure's causes. */
public final class Causes {
    private Causes() {}

    /** The failure itself first, then its cause, and so on. */
    public static Stream<Throwable> of(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause);
    }
}
