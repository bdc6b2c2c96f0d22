package io.retcon.schemas.spec;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonInclude;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.item.ItemName;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Documents that somebody names.
 *
 * @param ids item to the documents that matter for it, once a spec is read
 * @param file that they are in, or null
 */
public record GivenSpec(
        @JsonInclude(JsonInclude.Include.NON_NULL) SortedMap<String, List<String>> ids,
        @JsonInclude(JsonInclude.Include.NON_NULL) String file,
        Optional<Integer> documents)
        implements MatcherSpec {
    public GivenSpec {
        if (ids == null == (file == null)) {
            throw new FieldFault(
                    NAME,
                    "matcher given needs 'ids' or 'file', which say the documents of each item:"
                            + " give one of them");
        }
        ids = ids == null ? null : inOrder(ids);
        documents = requireNonNullElse(documents, Optional.empty());
    }

    private static SortedMap<String, List<String>> inOrder(Map<String, List<String>> ids) {
        var all = new TreeMap<String, List<String>>();
        ids.forEach(
                (item, documents) ->
                        all.put(name(item), documents.stream().distinct().sorted().toList()));
        return Collections.unmodifiableSortedMap(all);
    }

    private static String name(String written) {
        try {
            return ItemName.parse(written).written();
        } catch (RefusedInput e) {
            throw new FieldFault("ids", e.getMessage(), e);
        }
    }

    /** With the documents that it names written out. */
    GivenSpec with(SpecDocuments named) {
        if (file == null) {
            return this;
        }
        Map<String, List<String>> read;
        try {
            read = named.matchesOfFile(file);
        } catch (RefusedInput e) {
            throw new FieldFault("file", e.getMessage(), e);
        }
        return new GivenSpec(new TreeMap<>(read), null, documents);
    }
}
