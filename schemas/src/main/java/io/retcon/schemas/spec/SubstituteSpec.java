package io.retcon.schemas.spec;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonInclude;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Strings are replaced in each matched document.
 *
 * @param strings wherever they stand
 * @param counterfactual choices (each item's object becomes one of its own wrong choices, drawn by
 *     the seed); null for none
 * @param objects item to what its object becomes
 * @param lengths where the number of tokens changes: shift, cut or equal
 */
public record SubstituteSpec(
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Replacement> strings,
        @JsonInclude(JsonInclude.Include.NON_NULL) String counterfactual,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) SortedMap<String, String> objects,
        String lengths)
        implements OperationSpec {
    /** A string and what stands in its place afterwards. */
    public record Replacement(String find, String by) {}

    public SubstituteSpec {
        if (strings == null && counterfactual == null && objects == null) {
            throw new FieldFault(
                    NAME,
                    "operation substitute needs 'strings', 'counterfactual' or 'objects': add one");
        }
        strings = List.copyOf(requireNonNullElse(strings, List.of()));
        objects =
                Collections.unmodifiableSortedMap(
                        new TreeMap<>(requireNonNullElse(objects, Map.of())));
        lengths = lengths == null ? "shift" : lengths;
    }

    /** Whether each item's object becomes one of its own wrong choices. */
    public boolean ofChoices() {
        return counterfactual != null;
    }

    @Override
    public boolean readsItems() {
        return ofChoices() || !objects.isEmpty();
    }
}
