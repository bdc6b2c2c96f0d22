package io.retcon.streams.planning;

import io.retcon.schemas.record.Operation;

/**
 * Every document is replaced by a donor: of exactly its token count where one is left, else of the
 * next longer one; each donor once an arm. Documents choose in their order, or, where some may be
 * left without, in an order drawn by the seed.
 */
record Swapping(Shortage shortage, long seed) implements Operating {
    @Override
    public void apply(Draft draft, Materials materials) {
        var donors = materials.donors();
        for (var target : shortage.choosing(draft.subjects(), seed)) {
            var donor = donors.takeAtLeast(target.tokens());
            if (donor.isPresent()) {
                var content = new Content.Copied(donor.get());
                draft.update(target, change -> change.with(Operation.SWAP, content));
            } else if (shortage.fails()) {
                throw NoDonorLeft.asLongAs(target.document());
            }
        }
    }
}
