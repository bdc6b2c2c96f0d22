package io.retcon.schemas.item;

import io.retcon.schemas.RefusedInput;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The items read so far, of however many files: a name stands for one question. Not thread-safe.
 */
public final class KnownItems {
    private final Map<List<String>, String> places = new HashMap<>();

    /**
     * @param benchmark "" where an item names none
     * @param place where the item stands, with file and line
     * @throws RefusedInput if the benchmark has an item of that identifier, saying where
     */
    public void add(String benchmark, String id, String place) {
        var before = places.putIfAbsent(List.of(benchmark, id), place);
        if (before != null) {
            throw new RefusedInput(
                    "item '%s' of %s is there already, at %s: give each question an identifier of its own"
                            .formatted(
                                    id, benchmark.isEmpty() ? "no benchmark" : benchmark, before));
        }
    }
}
