package io.retcon.deploy.component;

import io.retcon.deploy.stack.Component;
import io.retcon.indexer.window.Indexer;
import io.retcon.indexer.window.IndexerSettings;
import io.retcon.retrainer.external.ExternalTrainers;
import io.retcon.retrainer.retraining.RetrainingWorker;
import io.retcon.retrainer.retraining.WorkerSettings;
import io.retcon.schemas.file.AllowedFiles;
import io.retcon.schemas.topic.Cluster;
import io.retcon.schemas.topic.TopicCatalogue;
import io.retcon.schemas.topic.TopicTable;
import io.retcon.streams.answering.AnsweringTopology;
import io.retcon.streams.effects.EffectsTopology;
import io.retcon.streams.planning.PlanningTopology;
import io.retcon.streams.planning.RunTokenizers;
import io.retcon.streams.planning.Tokenizers;
import io.retcon.streams.rewriting.RewritingTopology;
import io.retcon.streams.scheduling.SchedulingTopology;
import io.retcon.streams.selection.SelectionTopology;
import io.retcon.streams.walking.KafkaHistory;

import java.util.List;
import java.util.function.Function;

/** The components of a stack, in the order in which data passes them. */
public final class Stages {
    private static final String SELECTION = "retcon-selection";
    private static final String PLANNING = "retcon-planning";
    private static final String ANSWERING = "retcon-answering";
    private static final String REWRITING = "retcon-rewriting";
    private static final String SCHEDULING = "retcon-scheduling";
    private static final String EFFECTS = "retcon-effects";

    /**
     * The applications that {@link #streams} runs: their consumer groups, and what their internal
     * topics' and transactions' names begin with.
     */
    public static final List<String> APPLICATIONS =
            List.of(SELECTION, PLANNING, ANSWERING, REWRITING, SCHEDULING, EFFECTS);

    private static final int INDEXER_THREADS = 2;
    public static final int RETRAINER_THREADS = 2;

    private Stages() {}

    public static List<Component> all() {
        return List.of(streams(), indexer(), retrainer());
    }

    /**
     * Selection, planning, answering, rewriting, scheduling and effects, each an application of its
     * own.
     */
    public static Component streams() {
        return new Component(
                "streams",
                (cluster, folder, died) ->
                        StreamsComponent.start(topologies(cluster), cluster, folder, died));
    }

    public static Component indexer() {
        return new Component(
                "indexer",
                (cluster, folder, died) ->
                        Indexer.start(cluster, new IndexerSettings(folder, INDEXER_THREADS), died));
    }

    public static Component retrainer() {
        return retrainer(AllowedFiles.ALL);
    }

    /** A retrainer that opens checkpoints in these folders and its own alone. */
    public static Component retrainer(AllowedFiles files) {
        return new Component(
                "retrainer",
                (cluster, folder, died) ->
                        RetrainingWorker.start(
                                cluster,
                                new WorkerSettings(folder, RETRAINER_THREADS, files),
                                progress -> {},
                                died));
    }

    /** One that lets the operator's programs train. */
    public static Component externalRetrainer(AllowedFiles files, ExternalTrainers trainers) {
        return new Component(
                "external-retrainer",
                (cluster, folder, died) ->
                        RetrainingWorker.start(
                                cluster,
                                new WorkerSettings(folder, RETRAINER_THREADS, files).with(trainers),
                                progress -> {},
                                died));
    }

    /** Selection alone. */
    public static Component selection() {
        return alone("selection", Stages::selectionStage);
    }

    /** Planning alone. */
    public static Component planning() {
        return alone("planning", cluster -> planningStage(cluster, new RunTokenizers(cluster)));
    }

    /** Rewriting alone. */
    public static Component rewriting() {
        return alone("rewriting", Stages::rewritingStage);
    }

    private static Component alone(String name, Function<Cluster, StreamsComponent.Stage> stage) {
        return new Component(
                name,
                (cluster, folder, died) ->
                        StreamsComponent.start(
                                List.of(stage.apply(cluster)), cluster, folder, died));
    }

    private static StreamsComponent.Stage selectionStage(Cluster cluster) {
        return new StreamsComponent.Stage(
                SELECTION, new SelectionTopology(cluster.schemas()).toTopology());
    }

    private static StreamsComponent.Stage planningStage(Cluster cluster, Tokenizers tokenizers) {
        return new StreamsComponent.Stage(
                PLANNING,
                new PlanningTopology(
                                cluster.schemas(),
                                new KafkaHistory(cluster),
                                tokenizers,
                                partitions(cluster))
                        .toTopology());
    }

    private static int partitions(Cluster cluster) {
        return TopicTable.partitions(cluster, TopicCatalogue.HISTORY);
    }

    private static StreamsComponent.Stage rewritingStage(Cluster cluster) {
        return new StreamsComponent.Stage(
                REWRITING,
                new RewritingTopology(cluster.schemas(), new KafkaHistory(cluster)).toTopology());
    }

    private static List<StreamsComponent.Stage> topologies(Cluster cluster) {
        var schemas = cluster.schemas();
        var tokenizers = new RunTokenizers(cluster);
        return List.of(
                selectionStage(cluster),
                planningStage(cluster, tokenizers),
                new StreamsComponent.Stage(
                        ANSWERING,
                        new AnsweringTopology(schemas, tokenizers, partitions(cluster))
                                .toTopology()),
                rewritingStage(cluster),
                new StreamsComponent.Stage(
                        SCHEDULING, new SchedulingTopology(schemas).toTopology()),
                new StreamsComponent.Stage(EFFECTS, new EffectsTopology(schemas).toTopology()));
    }
}
