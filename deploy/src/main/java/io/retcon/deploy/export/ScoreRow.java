package io.retcon.deploy.export;

import io.retcon.schemas.record.ChoiceScore;
import io.retcon.schemas.record.RetrainingId;
import io.retcon.schemas.record.Score;

import java.util.List;

/**
 * One item at one checkpoint.
 *
 * @param intervention of the retraining whose checkpoint it is; absent for the original run, as are
 *     arm and replicate
 * @param gold index of the right choice
 * @param accRaw whether the most likely choice is the right one
 * @param accPerToken the same by log-likelihood a token
 * @param accPerChar the same by log-likelihood a character
 * @param accUncond the same by log-likelihood beyond that without a context
 * @param margin log-likelihood of the right choice minus that of the best wrong one
 * @param logLikelihoods of every choice, in the item's order
 * @param tokens of every choice
 */
record ScoreRow(
        String run,
        long step,
        String intervention,
        String arm,
        Integer replicate,
        String benchmark,
        String item,
        int gold,
        Boolean accRaw,
        Boolean accPerToken,
        Boolean accPerChar,
        Boolean accUncond,
        double margin,
        List<Double> logLikelihoods,
        List<Integer> tokens) {

    static ScoreRow of(Score score) {
        var retraining = score.getRetraining();
        var correct = score.getCorrect();
        return new ScoreRow(
                score.getRun(),
                score.getStep(),
                retraining.map(RetrainingId::getIntervention).orElse(null),
                retraining.map(RetrainingId::getArm).orElse(null),
                retraining.map(RetrainingId::getReplicate).orElse(null),
                score.getBenchmark(),
                score.getItem(),
                score.getGold(),
                correct.get("acc_raw"),
                correct.get("acc_per_token"),
                correct.get("acc_per_char"),
                correct.get("acc_uncond"),
                score.getMargin(),
                score.getChoices().stream().map(ChoiceScore::getLogLikelihood).toList(),
                score.getChoices().stream().map(ChoiceScore::getTokens).toList());
    }
}
