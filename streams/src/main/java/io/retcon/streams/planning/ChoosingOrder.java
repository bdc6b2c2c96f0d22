package io.retcon.streams.planning;

import io.retcon.schemas.record.DocumentRef;
import io.retcon.schemas.spec.Shortage;

import java.util.HashMap;
import java.util.List;

/** The order in which documents choose their donors, which matters where these run out. */
final class ChoosingOrder {
    private ChoosingOrder() {}

    /** As they stand, or drawn by the seed where those that come too late stay as they are. */
    static List<Target> of(List<Target> targets, Shortage shortage, long seed) {
        if (shortage.fails()) {
            return targets;
        }
        var byDocument = new HashMap<DocumentRef, Target>();
        targets.forEach(target -> byDocument.put(target.document(), target));
        var documents = targets.stream().map(Target::document).toList();
        return LengthPool.drawnOrder(documents, seed).stream().map(byDocument::get).toList();
    }
}
