package io.retcon.schemas.tokenizer;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.RefusedInput;

import java.util.function.Function;

/** What became of one input of a batch: its result, or the reason for which there is none. */
public sealed interface Outcome<T> {
    record Done<T>(T value) implements Outcome<T> {
        public Done {
            requireNonNull(value, "value is null");
        }
    }

    record Refused<T>(String reason) implements Outcome<T> {
        public Refused {
            requireNonNull(reason, "reason is null");
        }
    }

    default <R> Outcome<R> map(Function<T, R> change) {
        return switch (this) {
            case Done<T>(T value) -> new Done<>(change.apply(value));
            case Refused<T>(String reason) -> new Refused<>(reason);
        };
    }

    /**
     * @throws RefusedInput with the reason
     */
    default T orThrow() {
        return switch (this) {
            case Done<T>(T value) -> value;
            case Refused<T>(String reason) -> throw new RefusedInput(reason);
        };
    }
}
