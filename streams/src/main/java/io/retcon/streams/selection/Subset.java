package io.retcon.streams.selection;

import io.retcon.schemas.record.ItemRef;

import java.util.List;
import java.util.Optional;

/**
 * Which items may be selected at all: those of a benchmark or relation that is named, or whose
 * identifier starts with a name; without names all.
 */
public record Subset(List<String> names) {
    public Subset {
        names = List.copyOf(names);
    }

    /**
     * @param relation of the item, where it says one
     */
    public boolean includes(ItemRef item, Optional<String> relation) {
        return names.isEmpty()
                || names.stream()
                        .anyMatch(
                                name ->
                                        name.equals(item.getBenchmark())
                                                || relation.filter(name::equals).isPresent()
                                                || item.getId().startsWith(name));
    }
}
