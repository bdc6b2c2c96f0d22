package io.retcon.schemas.history;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.record.StepRange;

/**
 * History steps from … to−1: what is trained on between checkpoints {@code from} and {@code to}.
 */
public record Window(long from, long to) {
    public Window {
        if (from < 0 || to <= from) {
            throw new RefusedInput(
                    "window from %d to %d is empty: 'to' must be after 'from'".formatted(from, to));
        }
    }

    public static Window of(StepRange range) {
        return new Window(range.getFrom(), range.getTo());
    }

    public long steps() {
        return to - from;
    }

    public boolean contains(long step) {
        return step >= from && step < to;
    }

    public boolean overlaps(Window other) {
        return from < other.to && other.from < to;
    }

    @Override
    public String toString() {
        return from + "-" + to;
    }
}
