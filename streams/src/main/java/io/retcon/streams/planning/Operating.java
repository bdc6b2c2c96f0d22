package io.retcon.streams.planning;

import io.retcon.schemas.spec.DropSpec;
import io.retcon.schemas.spec.DuplicateSpec;
import io.retcon.schemas.spec.ExternalSpec;
import io.retcon.schemas.spec.InsertSpec;
import io.retcon.schemas.spec.MaskSpec;
import io.retcon.schemas.spec.OperationSpec;
import io.retcon.schemas.spec.ReorderSpec;
import io.retcon.schemas.spec.SubstituteSpec;
import io.retcon.schemas.spec.SwapSpec;

/** One of a spec's operations: what it does to an arm. Nothing but its arguments decides it. */
sealed interface Operating
        permits Swapping,
                Dropping,
                Masking,
                Substituting,
                Inserting,
                Duplicating,
                Reordering,
                Asking {

    /**
     * @throws NoDonorLeft where donors run out and that is a failure
     */
    void apply(Draft draft, Materials materials);

    /**
     * @param seed of this operation's own choices
     */
    static Operating of(OperationSpec spec, long seed) {
        return switch (spec) {
            case SwapSpec swap -> new Swapping(swap.shortage(), swap.pairsByScore(), seed);
            case DropSpec drop -> new Dropping(drop.shortage(), seed);
            case MaskSpec _ -> new Masking();
            case SubstituteSpec substitute -> Substituting.of(substitute, seed);
            case InsertSpec insert -> new Inserting(insert.documents(), insert.places(), seed);
            case DuplicateSpec duplicate ->
                    new Duplicating(duplicate.times(), duplicate.besideIt(), seed);
            case ReorderSpec _ -> new Reordering(seed);
            case ExternalSpec external ->
                    new Asking(external.timeout(), Lengths.named(external.lengths()));
        };
    }
}
