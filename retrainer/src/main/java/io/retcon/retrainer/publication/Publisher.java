package io.retcon.retrainer.publication;

import static java.util.Objects.requireNonNull;

import io.retcon.retrainer.evaluation.ItemScore;
import io.retcon.schemas.record.Checkpoint;
import io.retcon.schemas.record.Evaluation;
import io.retcon.schemas.record.Retraining;
import io.retcon.schemas.record.Score;
import io.retcon.schemas.topic.Cluster;
import io.retcon.schemas.topic.Keys;
import io.retcon.schemas.topic.TopicCatalogue;
import io.retcon.schemas.topic.Transaction;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Announces checkpoints, scores and retrainings, each whole or not at all. Not thread-safe. */
public final class Publisher implements AutoCloseable {
    private final Transaction transaction;

    /**
     * @param transactionalId the same after a restart, so that what a killed process left open does
     *     not hold readers up
     */
    public Publisher(Cluster cluster, String transactionalId) {
        this.transaction = new Transaction(cluster, requireNonNull(transactionalId, "id is null"));
    }

    public void publish(Checkpoint checkpoint) {
        send(checkpoint);
        transaction.commit();
    }

    public void publish(Retraining retraining) {
        send(retraining);
        transaction.commit();
    }

    /**
     * A benchmark's scores at a checkpoint, and in the same transaction the checkpoint with that
     * evaluation.
     *
     * @return the checkpoint as it is now
     */
    public Checkpoint publish(Checkpoint checkpoint, String benchmark, List<ItemScore> scores) {
        return publish(
                checkpoint,
                evaluation(benchmark, scores),
                scores.stream().map(score -> record(checkpoint, score)).toList());
    }

    /** As above, of scores that were made before. */
    public Checkpoint publish(Checkpoint checkpoint, Evaluation evaluation, List<Score> scores) {
        for (var record : scores) {
            transaction.send(
                    TopicCatalogue.SCORES,
                    Keys.join(Keys.checkpoint(checkpoint), record.getBenchmark(), record.getItem()),
                    record);
        }
        var evaluated = evaluated(checkpoint, evaluation);
        send(evaluated);
        transaction.commit();
        return evaluated;
    }

    private static Score record(Checkpoint checkpoint, ItemScore score) {
        return Score.newBuilder()
                .setRun(checkpoint.getRun())
                .setStep(checkpoint.getStep())
                .setRetraining(checkpoint.getRetraining().orElse(null))
                .setBenchmark(score.item().getBenchmark())
                .setItem(score.item().getId())
                .setChoices(score.choices())
                .setGold(score.item().getGold())
                .setCorrect(score.correct())
                .setMargin(score.margin())
                .setSubject(score.item().getSubject().orElse(null))
                .setRelation(score.item().getRelation().orElse(null))
                .build();
    }

    private static Evaluation evaluation(String benchmark, List<ItemScore> scores) {
        long truncated = scores.stream().filter(ItemScore::isTruncated).count();
        return new Evaluation(benchmark, scores.size(), Math.toIntExact(truncated));
    }

    private static Checkpoint evaluated(Checkpoint checkpoint, Evaluation evaluation) {
        var evaluations = new ArrayList<>(checkpoint.getEvaluations());
        evaluations.removeIf(e -> e.getBenchmark().equals(evaluation.getBenchmark()));
        evaluations.add(evaluation);
        evaluations.sort(Comparator.comparing(Evaluation::getBenchmark));
        return Checkpoint.newBuilder(checkpoint).setEvaluations(evaluations).build();
    }

    private void send(Checkpoint checkpoint) {
        transaction.send(TopicCatalogue.CHECKPOINTS, Keys.checkpoint(checkpoint), checkpoint);
    }

    private void send(Retraining retraining) {
        transaction.send(
                TopicCatalogue.RETRAININGS, Keys.retraining(retraining.getId()), retraining);
    }

    @Override
    public void close() {
        transaction.close();
    }
}
