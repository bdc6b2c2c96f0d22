package io.retcon.streams.planning;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.record.DocumentRef;
import io.retcon.schemas.record.OperateSpec;

import java.util.HashMap;
import java.util.List;

/** What happens where donors run out. */
public enum Shortage {
    /** The intervention is refused. */
    FAIL,
    /** Documents without one stay as they are; which ones do is drawn by the seed. */
    LEAVE,
    /** The items that most documents match are left out, until the donors suffice. */
    DROP_ITEMS;

    /**
     * As a spec has it.
     *
     * @throws RefusedInput if it is none of them
     */
    public static Shortage of(OperateSpec operate) {
        return switch (operate.getShortage()) {
            case "fail" -> FAIL;
            case "leave" -> LEAVE;
            case "drop-items" -> DROP_ITEMS;
            default ->
                    throw new RefusedInput(
                            "shortage '%s' is unknown: say fail, leave or drop-items"
                                    .formatted(operate.getShortage()));
        };
    }

    boolean fails() {
        return this != LEAVE;
    }

    /** The order in which documents choose their donors. */
    List<Target> choosing(List<Target> targets, long seed) {
        if (fails()) {
            return targets;
        }
        var byDocument = new HashMap<DocumentRef, Target>();
        targets.forEach(target -> byDocument.put(target.document(), target));
        var documents = targets.stream().map(Target::document).toList();
        return LengthPool.drawnOrder(documents, seed).stream().map(byDocument::get).toList();
    }
}
