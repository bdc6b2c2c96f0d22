package io.retcon.streams.planning;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.record.OperateSpec;

/** What happens to a document for which no donor is left. */
public enum Shortage {
    /** The intervention is refused. */
    FAIL,
    /** It stays as it is; which ones do is drawn by the seed. */
    LEAVE;

    /**
     * As a spec has it.
     *
     * @throws RefusedInput if it is neither
     */
    public static Shortage of(OperateSpec operate) {
        return switch (operate.getShortage()) {
            case "fail" -> FAIL;
            case "leave" -> LEAVE;
            default ->
                    throw new RefusedInput(
                            "shortage '%s' is unknown: say fail or leave"
                                    .formatted(operate.getShortage()));
        };
    }
}
