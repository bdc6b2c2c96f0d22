package io.retcon.streams.effects;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.record.Match;
import io.retcon.schemas.record.Retraining;
import io.retcon.schemas.record.RetrainingId;
import io.retcon.schemas.record.RetrainingState;
import io.retcon.schemas.record.Selection;
import io.retcon.schemas.spec.Specs;
import io.retcon.schemas.topic.Keys;

import org.apache.kafka.streams.state.KeyValueStore;

import java.util.ArrayList;
import java.util.List;

/** The retrainings of each intervention that came to an end, with their scores. Not thread-safe. */
final class EndedRetrainings {
    private final KeyValueStore<String, Retraining> finished;
    private final KeyValueStore<String, Match> matched;
    private final RetrainedScores scores;

    /**
     * @param finished retraining to how it ended
     * @param matched intervention to the match that closes its matching
     */
    EndedRetrainings(
            KeyValueStore<String, Retraining> finished,
            KeyValueStore<String, Match> matched,
            RetrainedScores scores) {
        this.finished = requireNonNull(finished, "finished is null");
        this.matched = requireNonNull(matched, "matched is null");
        this.scores = requireNonNull(scores, "scores is null");
    }

    /**
     * Whether there is nothing to wait for: every retraining has ended, and its scores are there.
     */
    boolean isComplete(Selection selection) {
        return of(selection).size() == expected(selection) && isMatched(selection);
    }

    /** How many there are to be. */
    static int expected(Selection selection) {
        var spec = Specs.of(selection);
        return spec.arms().size() * spec.retrain().getReplicates();
    }

    /** Whether it is known which items were matched, where that matters. */
    private boolean isMatched(Selection selection) {
        return !Specs.of(selection).select().getMatched()
                || matched.get(selection.getIntervention()) != null;
    }

    /** What effects are estimated from. */
    Retrained retrained(Selection selection) {
        var retrainings = of(selection);
        var outcomes = outcomes(selection, retrainings);
        var about =
                Specs.of(selection).select().getMatched()
                        ? EffectEstimator.onlyMatched(
                                selection, matched.get(selection.getIntervention()), outcomes)
                        : selection;
        return Retrained.of(about, retrainings, outcomes);
    }

    /** The retrainings that failed, and those that are done and scored whole. */
    List<Retraining> of(Selection selection) {
        var ended = new ArrayList<Retraining>();
        var spec = Specs.of(selection);
        for (var arm : spec.arms()) {
            for (int replicate = 0; replicate < spec.retrain().getReplicates(); replicate++) {
                var id = new RetrainingId(selection.getIntervention(), arm, replicate);
                var retraining = finished.get(Keys.retraining(id));
                if (retraining != null && (failed(retraining) || scoredWhole(selection, id))) {
                    ended.add(retraining);
                }
            }
        }
        return ended;
    }

    private static boolean failed(Retraining retraining) {
        return retraining.getState() == RetrainingState.FAILED;
    }

    private boolean scoredWhole(Selection selection, RetrainingId id) {
        long step = Specs.of(selection).window().getTo();
        return selection.getBenchmarkItems().entrySet().stream()
                .allMatch(all -> scores.count(id, step, all.getKey()) >= all.getValue());
    }

    private OutcomeTable outcomes(Selection selection, List<Retraining> retrainings) {
        var outcomes = new OutcomeTable();
        long step = Specs.of(selection).window().getTo();
        for (var retraining : retrainings) {
            if (!failed(retraining)) {
                for (var benchmark : selection.getBenchmarkItems().keySet()) {
                    scores.copy(retraining.getId(), step, benchmark, outcomes);
                }
            }
        }
        return outcomes;
    }
}
