package io.retcon.streams.planning;

import static java.util.Comparator.comparing;

import io.retcon.schemas.record.DocumentRef;
import io.retcon.schemas.record.Operation;
import io.retcon.schemas.spec.Shortage;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A swap that adds what matches, as the second experiment of Nadkarni et al. (2025, arXiv
 * 2510.14261) does: each matching document of the donors' window takes the place of a document of
 * this window that matches none and is as long as it, or else next shorter. A placebo puts donors
 * that match none, as long as these, in the same places.
 */
final class Promotion {
    private final List<Target> subjects = new ArrayList<>();
    private final Map<DocumentRef, DocumentRef> donors = new HashMap<>();

    private final Shortage shortage;

    private Promotion(Shortage shortage) {
        this.shortage = shortage;
    }

    /**
     * @throws NoDonorLeft where a matching document finds no place and that is a failure
     */
    static Promotion of(Materials materials, Shortage shortage, long seed) {
        var promotion = new Promotion(shortage);
        var places = materials.bystanders();
        for (var donor : ChoosingOrder.of(materials.matched().matchingDonors(), shortage, seed)) {
            var place = places.takeAtMost(donor.tokens());
            if (place.isPresent()) {
                promotion.subjects.add(new Target(place.get(), donor.items()));
                promotion.donors.put(place.get(), donor.document());
            } else if (shortage.fails()) {
                throw NoDonorLeft.placeFor(donor.document());
            }
        }
        promotion.subjects.sort(comparing(Target::document, DocumentOrder.BY_PLACE));
        return promotion;
    }

    /** The documents that make room, with the items that what comes in their place matches. */
    List<Target> subjects() {
        return subjects;
    }

    void treat(Draft draft) {
        for (var subject : subjects) {
            put(draft, subject, donors.get(subject.document()));
        }
    }

    /**
     * @throws NoDonorLeft where donors that match none run out and that is a failure
     */
    void treatPlacebo(Draft draft, Materials materials) {
        var unmatched = materials.donors();
        for (var subject : draft.subjects()) {
            int length = donors.get(subject.document()).getLength();
            var donor =
                    unmatched.takeAtLeast(length).or(() -> unmatched.takeAtLeast(subject.tokens()));
            if (donor.isPresent()) {
                put(draft, subject, donor.get());
            } else if (shortage.fails()) {
                throw NoDonorLeft.asLongAs(subject.document());
            }
        }
    }

    private static void put(Draft draft, Target subject, DocumentRef donor) {
        var content = new Content.Copied(donor);
        draft.update(subject, change -> change.with(Operation.SWAP, content));
    }
}
