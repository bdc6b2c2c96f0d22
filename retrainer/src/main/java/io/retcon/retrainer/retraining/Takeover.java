package io.retcon.retrainer.retraining;

import static java.util.Objects.requireNonNull;

import io.retcon.retrainer.publication.PublishedCheckpoints;
import io.retcon.retrainer.publication.Publisher;
import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.history.Window;
import io.retcon.schemas.record.Checkpoint;
import io.retcon.schemas.record.Retraining;
import io.retcon.schemas.record.RetrainingId;
import io.retcon.schemas.record.Score;
import io.retcon.schemas.topic.Cluster;
import io.retcon.schemas.topic.TopicCatalogue;
import io.retcon.schemas.topic.TopicTable;

import java.util.List;
import java.util.TreeMap;

/**
 * A retraining that would be trained as another was: the other's checkpoint and scores are its own.
 */
record Takeover(Cluster cluster, Publisher publisher) {
    Takeover {
        requireNonNull(cluster, "cluster is null");
        requireNonNull(publisher, "publisher is null");
    }

    /**
     * Publishes what the other retraining published, under this one's name.
     *
     * @return the checkpoint with all its evaluations
     * @throws RefusedInput if the other has no checkpoint
     */
    Checkpoint of(Retraining retraining, RetrainingId other) {
        long step = Window.of(retraining.getWindow()).to();
        var done =
                PublishedCheckpoints.read(cluster)
                        .ofRetraining(other, step)
                        .orElseThrow(
                                () ->
                                        new RefusedInput(
                                                "the retraining %s-%d of intervention %s, which this one takes over, has no checkpoint"
                                                        .formatted(
                                                                other.getArm(),
                                                                other.getReplicate(),
                                                                other.getIntervention())));
        var checkpoint =
                Checkpoint.newBuilder(done)
                        .setRetraining(retraining.getId())
                        .setEvaluations(List.of())
                        .build();
        var scores = scores(done);
        for (var evaluation : done.getEvaluations()) {
            var taken =
                    scores.getOrDefault(evaluation.getBenchmark(), List.of()).stream()
                            .map(score -> taken(score, retraining))
                            .toList();
            checkpoint = publisher.publish(checkpoint, evaluation, taken);
        }
        return checkpoint;
    }

    private static Score taken(Score score, Retraining retraining) {
        return Score.newBuilder(score).setRetraining(retraining.getId()).build();
    }

    /** By benchmark, each item once. */
    private TreeMap<String, List<Score>> scores(Checkpoint done) {
        var byItem = new TreeMap<String, TreeMap<String, Score>>();
        TopicTable.scan(
                cluster,
                TopicCatalogue.SCORES,
                (key, score) -> {
                    if (score != null
                            && score.getStep() == done.getStep()
                            && score.getRetraining().equals(done.getRetraining())) {
                        byItem.computeIfAbsent(score.getBenchmark(), name -> new TreeMap<>())
                                .put(score.getItem(), score);
                    }
                });
        var scores = new TreeMap<String, List<Score>>();
        byItem.forEach((benchmark, items) -> scores.put(benchmark, List.copyOf(items.values())));
        return scores;
    }
}
