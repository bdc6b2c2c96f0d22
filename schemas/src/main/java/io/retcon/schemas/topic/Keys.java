package io.retcon.schemas.topic;

import io.retcon.schemas.record.Checkpoint;
import io.retcon.schemas.record.DocumentRef;
import io.retcon.schemas.record.ItemRef;
import io.retcon.schemas.record.Progress;
import io.retcon.schemas.record.RetrainingId;

/**
 * Record keys: identifying fields joined by '|'. Nobody takes a key apart: values carry the same
 * fields.
 */
public final class Keys {
    private Keys() {}

    public static String join(Object... parts) {
        var key = new StringBuilder();
        for (Object part : parts) {
            if (!key.isEmpty()) {
                key.append('|');
            }
            key.append(part.toString().replace("%", "%25").replace("|", "%7C"));
        }
        return key.toString();
    }

    public static String sequence(String run, long step, int sequence) {
        return join(run, step, sequence);
    }

    public static String item(String benchmark, String id) {
        return join(benchmark, id);
    }

    public static String item(ItemRef item) {
        return item(item.getBenchmark(), item.getId());
    }

    public static String retraining(RetrainingId id) {
        return join(id.getIntervention(), id.getArm(), id.getReplicate());
    }

    /** The run's or the retraining's name, then the step. */
    public static String checkpoint(Checkpoint checkpoint) {
        return join(
                checkpoint.getRetraining().map(Keys::retraining).orElse(checkpoint.getRun()),
                checkpoint.getStep());
    }

    /** What it is about, then the stage: the last word on it stays. */
    public static String progress(Progress progress) {
        var stage = join(progress.getIntervention(), progress.getStage());
        return progress.getRetraining()
                .map(id -> stage + '|' + join(id.getArm(), id.getReplicate()))
                .orElse(stage);
    }

    /** A document by its place, which orders documents as training sees them. */
    public static String place(DocumentRef document) {
        return join(document.getStep(), document.getSequence(), document.getStart());
    }
}
