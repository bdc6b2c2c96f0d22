package io.retcon.schemas.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

class ClusterWaitTest {
    private final List<String> said = new ArrayList<>();
    private final AtomicLong nanos = new AtomicLong();

    @Test
    void workIsBegunAgainUntilTheClusterAnswers() {
        // Given
        var tries = new AtomicInteger();
        var wait = new ClusterWait("the tester", () -> false, said::add, nanos::get);
        // When
        var result =
                wait.get(
                        () -> {
                            if (tries.incrementAndGet() < 3) {
                                throw new TimeoutException("nobody answered");
                            }
                            return "done";
                        });
        // Then
        assertThat(result).isEqualTo("done");
        assertThat(said)
                .containsExactly(
                        "the tester waits for the Kafka cluster, which does not answer as it should"
                                + " (nobody answered)");
    }

    @Test
    void aLongOutageIsSaidOnceAMinute() {
        // Given
        var wait = new ClusterWait("the tester", () -> false, said::add, nanos::get);
        // When
        for (int second = 0; second < 180; second++) {
            wait.failed(new TimeoutException("nobody answered"));
            nanos.addAndGet(1_000_000_000);
        }
        // Then
        assertThat(said).hasSize(3);
    }

    @Test
    void whoIsToldToStopWaitsNoLonger() {
        // Given
        var wait = new ClusterWait("the tester", () -> true, said::add, nanos::get);
        // When
        // Then
        assertThatThrownBy(
                        () ->
                                wait.run(
                                        () -> {
                                            throw new TimeoutException("nobody answered");
                                        }))
                .isInstanceOf(CancellationException.class);
    }

    @Test
    void whatNeverHealsIsThrownAtOnce() {
        // Given
        var wait = new ClusterWait("the tester", () -> false, said::add, nanos::get);
        var refused = new TopicAuthorizationException("not yours");
        // When
        // Then
        assertThatThrownBy(
                        () ->
                                wait.run(
                                        () -> {
                                            throw refused;
                                        }))
                .isSameAs(refused);
        assertThat(said).isEmpty();
    }

    @Test
    void outagesPassWhereverTheyAreInTheChain() {
        // Given
        var outages =
                List.of(
                        new TimeoutException("Failed to get offsets by times in 60000ms"),
                        new KafkaException("in an error state", new TimeoutException("expired")),
                        new CompletionException(
                                new IllegalStateException(new DisconnectException())),
                        new KafkaException("on commit", new InvalidTxnStateException("Empty")),
                        new ExecutionException(new ProducerFencedException("a newer epoch")));
        // When
        // Then
        assertThat(outages).allMatch(ClusterWait::passes);
    }

    @Test
    void othersDoNot() {
        // Given
        var others =
                List.of(
                        new TimeoutException(
                                "expired", new SaslAuthenticationException("wrong password")),
                        new UnsupportedVersionException("too old"),
                        new UncheckedIOException(new IOException("No space left on device")),
                        new IllegalStateException("a bug"));
        // When
        // Then
        assertThat(others).noneMatch(ClusterWait::passes);
    }
}
