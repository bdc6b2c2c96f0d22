package io.retcon.streams.planning;

import io.retcon.schemas.record.Operation;

/**
 * Copies of every document, as it stands by now, are put before others that the seed draws, or
 * before the document itself.
 */
record Duplicating(int times, boolean beside, long seed) implements Operating {
    @Override
    public void apply(Draft draft, Materials materials) {
        if (draft.changes().isEmpty()) {
            return;
        }
        var places = new DrawnPlaces(materials.window(), seed);
        for (var change : draft.changes()) {
            var document = change.target().document();
            for (int copy = 0; copy < times; copy++) {
                var place = beside ? document : places.forCopy(document, copy);
                draft.insert(
                        Operation.DUPLICATE, Target.before(place, change.target().items()), change);
            }
        }
    }
}
