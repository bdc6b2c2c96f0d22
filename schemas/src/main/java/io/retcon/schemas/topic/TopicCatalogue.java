package io.retcon.schemas.topic;

import static io.retcon.schemas.topic.Topic.CleanUp.COMPACT;
import static io.retcon.schemas.topic.Topic.CleanUp.KEEP;
import static io.retcon.schemas.topic.Topic.Partitions.DATA;
import static io.retcon.schemas.topic.Topic.Partitions.ONE;

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
import io.retcon.schemas.record.Reject;
import io.retcon.schemas.record.Request;
import io.retcon.schemas.record.Retraining;
import io.retcon.schemas.record.Rewrite;
import io.retcon.schemas.record.Score;
import io.retcon.schemas.record.Selection;

import java.util.List;

/** Every topic in which the modules meet. */
public final class TopicCatalogue {
    /** Partitioned by g mod P, g = step · B + sequence; the record's timestamp is its step. */
    public static final Topic<HistorySequence> HISTORY =
            new Topic<>(
                    "retcon.history",
                    HistorySequence.class,
                    HistorySequence.getClassSchema(),
                    DATA,
                    KEEP);

    public static final Topic<Manifest> MANIFESTS =
            new Topic<>(
                    "retcon.manifests", Manifest.class, Manifest.getClassSchema(), ONE, COMPACT);

    public static final Topic<Item> ITEMS =
            new Topic<>("retcon.items", Item.class, Item.getClassSchema(), ONE, COMPACT);

    public static final Topic<Checkpoint> CHECKPOINTS =
            new Topic<>(
                    "retcon.checkpoints",
                    Checkpoint.class,
                    Checkpoint.getClassSchema(),
                    ONE,
                    COMPACT);

    public static final Topic<Score> SCORES =
            new Topic<>("retcon.scores", Score.class, Score.getClassSchema(), ONE, KEEP);

    public static final Topic<Intervention> INTERVENTIONS =
            new Topic<>(
                    "retcon.interventions",
                    Intervention.class,
                    Intervention.getClassSchema(),
                    ONE,
                    COMPACT);

    public static final Topic<Selection> SELECTIONS =
            new Topic<>(
                    "retcon.selections", Selection.class, Selection.getClassSchema(), ONE, COMPACT);

    /** In document order, the closing record last. */
    public static final Topic<Match> MATCHES =
            new Topic<>("retcon.matches", Match.class, Match.getClassSchema(), ONE, KEEP);

    /** Partitioned as the history that the targets lie in. */
    public static final Topic<Plan> PLANS =
            new Topic<>("retcon.plans", Plan.class, Plan.getClassSchema(), DATA, KEEP);

    /** Documents for a program of the user's; the key is the answer's too. */
    public static final Topic<Request> REQUESTS =
            new Topic<>("retcon.requests", Request.class, Request.getClassSchema(), ONE, KEEP);

    public static final Topic<Answer> ANSWERS =
            new Topic<>("retcon.answers", Answer.class, Answer.getClassSchema(), ONE, KEEP);

    /**
     * Partitioned as history; an arm's sequences lie in order; the record's timestamp is its step.
     */
    public static final Topic<Rewrite> REWRITES =
            new Topic<>("retcon.rewrites", Rewrite.class, Rewrite.getClassSchema(), DATA, KEEP);

    public static final Topic<Retraining> RETRAININGS =
            new Topic<>(
                    "retcon.retrainings",
                    Retraining.class,
                    Retraining.getClassSchema(),
                    DATA,
                    COMPACT);

    public static final Topic<Effects> EFFECTS =
            new Topic<>("retcon.effects", Effects.class, Effects.getClassSchema(), ONE, COMPACT);

    public static final Topic<Progress> PROGRESS =
            new Topic<>("retcon.progress", Progress.class, Progress.getClassSchema(), ONE, COMPACT);

    public static final Topic<Reject> REJECTS =
            new Topic<>("retcon.rejects", Reject.class, Reject.getClassSchema(), ONE, KEEP);

    private static final List<Topic<?>> ALL =
            List.of(
                    HISTORY,
                    MANIFESTS,
                    ITEMS,
                    CHECKPOINTS,
                    SCORES,
                    INTERVENTIONS,
                    SELECTIONS,
                    MATCHES,
                    PLANS,
                    REQUESTS,
                    ANSWERS,
                    REWRITES,
                    RETRAININGS,
                    EFFECTS,
                    PROGRESS,
                    REJECTS);

    private TopicCatalogue() {}

    public static List<Topic<?>> all() {
        return ALL;
    }
}
