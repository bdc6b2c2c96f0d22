package io.retcon.schemas.spec;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonSubTypes.Type;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

import io.retcon.schemas.RefusedInput;

import java.util.Map;
import java.util.Optional;

/** Which documents matter for an item. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = MatcherSpec.NAME)
@JsonSubTypes({
    @Type(value = CooccurrenceSpec.class, name = "cooccurrence"),
    @Type(value = OccurrenceSpec.class, name = "occurrence"),
    @Type(value = Bm25Spec.class, name = "bm25"),
    @Type(value = DenseSpec.class, name = "dense"),
    @Type(value = GivenSpec.class, name = "given")
})
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public sealed interface MatcherSpec
        permits CooccurrenceSpec, OccurrenceSpec, ScoringSpec, GivenSpec {
    /** The field that names a matcher. */
    String NAME = "matcher";

    /**
     * The matcher of that name with those of the options that it takes.
     *
     * @param options by their names in specs; null stands for the default
     * @throws RefusedInput if there is none of that name, or it needs an option that is not there
     */
    static MatcherSpec of(String name, Map<String, ?> options) {
        return SpecBinding.of(MatcherSpec.class, NAME, name, options);
    }

    /**
     * How many of the matched documents are changed, at most: those with the highest scores, or as
     * many drawn by the seed; absent for all.
     */
    Optional<Integer> documents();

    /** As a spec names it. */
    default String matcher() {
        return SpecBinding.name(MatcherSpec.class, this);
    }

    /** What the canonical form says of it, in order, its name apart. */
    default Map<String, Object> options() {
        var options = SpecBinding.fields(this);
        options.remove(NAME);
        return options;
    }
}
