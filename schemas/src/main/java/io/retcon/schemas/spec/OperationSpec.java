package io.retcon.schemas.spec;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonSubTypes.Type;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What happens to a matched document: one of the operations that a spec lists. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = OperationSpec.NAME)
@JsonSubTypes({
    @Type(value = SwapSpec.class, name = "swap"),
    @Type(value = DropSpec.class, name = "drop"),
    @Type(value = MaskSpec.class, name = "mask"),
    @Type(value = SubstituteSpec.class, name = "substitute"),
    @Type(value = InsertSpec.class, name = "insert"),
    @Type(value = DuplicateSpec.class, name = "duplicate"),
    @Type(value = ReorderSpec.class, name = "reorder"),
    @Type(value = ExternalSpec.class, name = "external")
})
public sealed interface OperationSpec
        permits TakingDonors,
                MaskSpec,
                SubstituteSpec,
                InsertSpec,
                DuplicateSpec,
                ReorderSpec,
                ExternalSpec {
    /** The field that names an operation. */
    String NAME = "operation";

    /** As a spec names it. */
    default String operation() {
        return SpecBinding.name(OperationSpec.class, this);
    }

    /** Whether it says what stands in a document's place: a spec has one such at most. */
    default boolean chooses() {
        return this instanceof TakingDonors
                || this instanceof ReorderSpec
                || this instanceof ExternalSpec;
    }

    /** Whether what items say decides what becomes of their documents. */
    default boolean readsItems() {
        return false;
    }
}
