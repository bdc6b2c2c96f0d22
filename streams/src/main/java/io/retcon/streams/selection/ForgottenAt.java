package io.retcon.streams.selection;

import io.retcon.schemas.RefusedInput;

import java.util.SortedMap;

/**
 * An item is forgotten at b if it is right at every evaluated checkpoint before b, of which there
 * must be at least one, and wrong at b and at every later one.
 */
record ForgottenAt(long step) {
    ForgottenAt {
        if (step < 0) {
            throw new RefusedInput("checkpoint %d is before the run".formatted(step));
        }
    }

    /**
     * @param right step to whether the item was right there, for every evaluated checkpoint
     */
    boolean holds(SortedMap<Long, Boolean> right) {
        return right.containsKey(step)
                && right.firstKey() < step
                && right.headMap(step).values().stream().allMatch(Boolean::booleanValue)
                && right.tailMap(step).values().stream().noneMatch(Boolean::booleanValue);
    }
}
