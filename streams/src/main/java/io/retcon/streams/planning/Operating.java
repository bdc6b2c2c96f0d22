package io.retcon.streams.planning;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.record.OperateSpec;

import java.time.Duration;

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
    static Operating of(OperateSpec spec, long seed) {
        return switch (spec.getOperation()) {
            case "swap" -> new Swapping(Shortage.of(spec), spec.getPair().equals("score"), seed);
            case "drop" -> new Dropping(Shortage.of(spec), seed);
            case "mask" -> new Masking();
            case "substitute" -> Substituting.of(spec, seed);
            case "insert" -> new Inserting(spec.getDocuments(), spec.getPlaces(), seed);
            case "duplicate" ->
                    new Duplicating(spec.getTimes(), spec.getAt().equals("beside"), seed);
            case "reorder" -> new Reordering(seed);
            case "external" ->
                    new Asking(
                            Duration.ofSeconds(spec.getTimeoutSeconds()),
                            Lengths.named(spec.getLengths()));
            default ->
                    throw new RefusedInput(
                            "operation '%s' is unknown: say swap, drop, mask, substitute, insert, duplicate, reorder or external"
                                    .formatted(spec.getOperation()));
        };
    }
}
