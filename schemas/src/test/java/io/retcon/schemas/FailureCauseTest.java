package io.retcon.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;

class FailureCauseTest {
    private static final List<Throwable> OF_CONTENT =
            List.of(
                    new RefusedInput("no", new IOException("gone")),
                    new SerializationException("not Avro", new EOFException()),
                    new StackOverflowError(),
                    new ArithmeticException("/ by zero"),
                    new NullPointerException(),
                    new IndexOutOfBoundsException(7));

    private static final List<Throwable> OF_MACHINERY =
            List.of(
                    new TimeoutException("not present in metadata after 60000 ms"),
                    new UncheckedIOException(new IOException("No space left on device")),
                    new OutOfMemoryError("Java heap space"),
                    new CancellationException("told to stop"),
                    new IllegalStateException(
                            new CompletionException(new OutOfMemoryError("heap"))));

    @Test
    void whatARecordSaysIsContent() {
        assertThat(OF_CONTENT)
                .allMatch(failure -> FailureCause.of(failure) == FailureCause.CONTENT)
                .allMatch(failure -> !FailureCause.reason(failure).isBlank());
    }

    @Test
    void whatSurroundsItIsMachineryAndThrownOn() {
        assertThat(OF_MACHINERY)
                .allMatch(failure -> FailureCause.of(failure) == FailureCause.MACHINERY)
                .allSatisfy(
                        failure ->
                                assertThatThrownBy(() -> FailureCause.reason(failure))
                                        .isSameAs(failure));
    }
}
