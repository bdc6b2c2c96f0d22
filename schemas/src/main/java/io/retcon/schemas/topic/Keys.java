package io.retcon.schemas.topic;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.record.Checkpoint;
import io.retcon.schemas.record.DocumentRef;
import io.retcon.schemas.record.Intervention;
import io.retcon.schemas.record.Item;
import io.retcon.schemas.record.ItemRef;
import io.retcon.schemas.record.Progress;
import io.retcon.schemas.record.Retraining;
import io.retcon.schemas.record.RetrainingId;

import org.apache.avro.specific.SpecificRecord;

import java.util.Optional;

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

    /** What the key of such a record must be, where others find the record by it. */
    static Optional<String> own(SpecificRecord value) {
        return switch (value) {
            case Item item -> Optional.of(item(item.getBenchmark(), item.getId()));
            case Checkpoint checkpoint -> Optional.of(checkpoint(checkpoint));
            case Retraining retraining -> Optional.of(retraining(retraining.getId()));
            case Intervention intervention -> Optional.of(intervention.getId());
            case null, default -> Optional.empty();
        };
    }

    /**
     * @throws RefusedInput if a record lies under a key that is another's
     */
    public static void check(String key, SpecificRecord value) {
        own(value)
                .filter(own -> !own.equals(key))
                .ifPresent(
                        own -> {
                            throw new RefusedInput(
                                    "the record is of '%s' and lies under the key '%s': publish it under its own"
                                            .formatted(own, key));
                        });
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
