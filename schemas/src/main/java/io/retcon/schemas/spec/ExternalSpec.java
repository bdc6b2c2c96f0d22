package io.retcon.schemas.spec;

import java.time.Duration;

/**
 * A program outside says what stands in a matched document's place.
 *
 * @param timeoutSeconds how long an answer is waited for
 * @param lengths where the number of tokens changes: shift, cut or equal
 */
public record ExternalSpec(Integer timeoutSeconds, String lengths) implements OperationSpec {
    public ExternalSpec {
        timeoutSeconds = timeoutSeconds == null ? 3600 : timeoutSeconds;
        lengths = lengths == null ? "shift" : lengths;
    }

    public Duration timeout() {
        return Duration.ofSeconds(timeoutSeconds);
    }
}
