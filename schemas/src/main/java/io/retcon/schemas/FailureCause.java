package io.retcon.schemas;

import io.retcon.schemas.serde.RegistryAway;

import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.SerializationException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CancellationException;

/**
 * The origin of a failure while records are worked on, which decides what follows: a record that is
 * wrong is refused and the rest goes on; machinery that fails ends the component, or is waited for.
 */
public enum FailureCause {
    /** Something that a record says: it fails again whenever it is tried. */
    CONTENT,
    /** Kafka, a schema registry, a disk, memory, or being told to stop: no record is to blame. */
    MACHINERY;

    /** How far down causes are looked at. */
    private static final int CHAIN = 16;

    /**
     * The cause of {@code failure}. Whatever code throws while it works on a record is the record's
     * doing, an overflown stack included, unless it is known to come from elsewhere.
     */
    public static FailureCause of(Throwable failure) {
        if (failure instanceof RefusedInput || failure instanceof SerializationException) {
            return CONTENT;
        }
        var cause = failure;
        for (int i = 0; cause != null && i < CHAIN; i++, cause = cause.getCause()) {
            if (isMachinery(cause)) {
                return MACHINERY;
            }
        }
        return CONTENT;
    }

    private static boolean isMachinery(Throwable failure) {
        return switch (failure) {
            case StackOverflowError nested -> false;
            case KafkaException kafka -> true;
            case RegistryAway registry -> true;
            case IOException io -> true;
            case UncheckedIOException io -> true;
            case InterruptedException interrupted -> true;
            case CancellationException stopped -> true;
            case Error error -> true;
            default -> false;
        };
    }

    /** A sentence on {@code failure} for whoever published the record. */
    public static String sentence(Throwable failure) {
        if (failure instanceof RefusedInput || failure instanceof SerializationException) {
            return failure.getMessage();
        }
        var said = failure.getMessage() == null ? "" : ": " + failure.getMessage();
        return "the record cannot be worked on (%s%s): publish one that agrees with history and plan"
                .formatted(failure.getClass().getSimpleName(), said);
    }

    /**
     * The sentence on a failure whose cause is content.
     *
     * @throws RuntimeException the failure itself, if its cause is machinery
     */
    public static String reason(Throwable failure) {
        if (of(failure) == CONTENT) {
            return sentence(failure);
        }
        if (failure instanceof Error error) {
            throw error;
        }
        throw failure instanceof RuntimeException known ? known : new RuntimeException(failure);
    }
}
