package io.retcon.streams.selection;

import io.retcon.schemas.RefusedInput;

import java.util.SortedMap;

/**
 * An item is learned at b if it is wrong at every evaluated checkpoint before b, right at b and at
 * every later one, of which there must be at least one.
 */
public record LearnedAt(long step) {
    public LearnedAt {
        if (step < 0) {
            throw new RefusedInput("checkpoint %d is before the run".formatted(step));
        }
    }

    /**
     * @param right step to whether the item was right there, for every evaluated checkpoint
     */
    public boolean holds(SortedMap<Long, Boolean> right) {
        return right.containsKey(step)
                && right.lastKey() > step
                && right.headMap(step).values().stream().noneMatch(Boolean::booleanValue)
                && right.tailMap(step).values().stream().allMatch(Boolean::booleanValue);
    }
}
