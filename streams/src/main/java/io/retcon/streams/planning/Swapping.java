package io.retcon.streams.planning;

import io.retcon.schemas.record.DocumentRef;
import io.retcon.schemas.record.Operation;
import io.retcon.schemas.spec.Shortage;

import java.util.Optional;

/**
 * Every document is replaced by a donor: of exactly its token count where one is left, else of the
 * next longer one; each donor once an arm. Documents choose in their order, or, where some may be
 * left without, in an order drawn by the seed.
 *
 * @param byScore whether, of the donors of that length, the one is taken that scores lowest for the
 *     document's items, on the average; a placebo's donor for those of the document it stands for
 */
record Swapping(Shortage shortage, boolean byScore, long seed) implements Operating {
    @Override
    public void apply(Draft draft, Materials materials) {
        var donors = materials.donors();
        for (var target : ChoosingOrder.of(draft.subjects(), shortage, seed)) {
            var donor = take(target, draft, donors, materials);
            if (donor.isPresent()) {
                var content = new Content.Copied(donor.get());
                draft.update(target, change -> change.with(Operation.SWAP, content));
            } else if (shortage.fails()) {
                throw NoDonorLeft.asLongAs(target.document());
            }
        }
    }

    private Optional<DocumentRef> take(
            Target target, Draft draft, LengthPool donors, Materials materials) {
        var model = draft.model(target);
        return byScore
                ? donors.takeLowest(target.tokens(), donor -> materials.meanScore(donor, model))
                : donors.takeAtLeast(target.tokens());
    }
}
