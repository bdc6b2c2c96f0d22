package io.retcon.schemas.contract;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.record.Answer;
import io.retcon.schemas.record.Checkpoint;
import io.retcon.schemas.record.Effects;
import io.retcon.schemas.record.HistorySequence;
import io.retcon.schemas.record.Intervention;
import io.retcon.schemas.record.Item;
import io.retcon.schemas.record.Manifest;
import io.retcon.schemas.record.Match;
import io.retcon.schemas.record.Plan;
import io.retcon.schemas.record.Progress;
import io.retcon.schemas.record.Request;
import io.retcon.schemas.record.Retraining;
import io.retcon.schemas.record.Rewrite;
import io.retcon.schemas.record.Score;
import io.retcon.schemas.record.Selection;

import org.apache.avro.specific.SpecificRecord;

/**
 * What a record must say beyond its schema, whoever wrote it: counts and places are not negative, a
 * name is there and of sane length, what is to be multiplied or allocated is bounded. Checked where
 * records are decoded, so that no reader checks again. Whether a record agrees with other records
 * is for the stage that joins them.
 */
public final class RecordContract {
    private RecordContract() {}

    /**
     * @throws RefusedInput where {@code value} breaks the contract of its topic
     */
    public static void check(SpecificRecord value) {
        switch (value) {
            case HistorySequence sequence -> HistoryContract.check(sequence);
            case Manifest manifest -> HistoryContract.check(manifest);
            case Item item -> ItemContract.check(item);
            case Checkpoint checkpoint -> ItemContract.check(checkpoint);
            case Score score -> ItemContract.check(score);
            case Intervention intervention -> SpecContract.check(intervention);
            case Selection selection -> SpecContract.check(selection);
            case Retraining retraining -> SpecContract.check(retraining);
            case Match match -> PlanContract.check(match);
            case Plan plan -> PlanContract.check(plan);
            case Request request -> PlanContract.check(request);
            case Rewrite rewrite -> PlanContract.check(rewrite);
            case Answer answer -> PlanContract.check(answer);
            case Effects effects -> EffectsContract.check(effects);
            case Progress progress -> Bounds.name("intervention", progress.getIntervention());
            default -> {}
        }
    }
}
