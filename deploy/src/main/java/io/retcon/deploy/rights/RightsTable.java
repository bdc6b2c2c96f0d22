package io.retcon.deploy.rights;

import static io.retcon.deploy.rights.Right.join;
import static io.retcon.deploy.rights.Right.joinAny;
import static io.retcon.deploy.rights.Right.own;
import static io.retcon.deploy.rights.Right.read;
import static io.retcon.deploy.rights.Right.see;
import static io.retcon.deploy.rights.Right.transact;
import static io.retcon.deploy.rights.Right.transactAs;
import static io.retcon.deploy.rights.Right.watchGroups;
import static io.retcon.deploy.rights.Right.write;
import static io.retcon.schemas.topic.TopicCatalogue.ANSWERS;
import static io.retcon.schemas.topic.TopicCatalogue.CHECKPOINTS;
import static io.retcon.schemas.topic.TopicCatalogue.EFFECTS;
import static io.retcon.schemas.topic.TopicCatalogue.HISTORY;
import static io.retcon.schemas.topic.TopicCatalogue.INTERVENTIONS;
import static io.retcon.schemas.topic.TopicCatalogue.ITEMS;
import static io.retcon.schemas.topic.TopicCatalogue.MANIFESTS;
import static io.retcon.schemas.topic.TopicCatalogue.MATCHES;
import static io.retcon.schemas.topic.TopicCatalogue.PLANS;
import static io.retcon.schemas.topic.TopicCatalogue.PROGRESS;
import static io.retcon.schemas.topic.TopicCatalogue.REJECTS;
import static io.retcon.schemas.topic.TopicCatalogue.REQUESTS;
import static io.retcon.schemas.topic.TopicCatalogue.RETRAININGS;
import static io.retcon.schemas.topic.TopicCatalogue.REWRITES;
import static io.retcon.schemas.topic.TopicCatalogue.SCORES;
import static io.retcon.schemas.topic.TopicCatalogue.SELECTIONS;

import io.retcon.deploy.component.Stages;
import io.retcon.indexer.window.Indexer;
import io.retcon.retrainer.retraining.RetrainingWorker;
import io.retcon.schemas.serde.TopicSchemas;
import io.retcon.schemas.topic.TopicCatalogue;

import java.util.List;
import java.util.stream.Stream;

/**
 * The least rights with which each component does its work, on a cluster that {@code cluster
 * prepare} has made ready: the one place from which manifests and ACLs are made.
 */
public final class RightsTable {
    private static final String ALL_GROUPS = "retcon-";
    private static final Right SCHEMAS = read(TopicSchemas.TOPIC);

    private RightsTable() {}

    public static List<Rights> all() {
        return List.of(
                streams(),
                indexer(),
                retrainer(),
                dashboard(),
                scientist(),
                importer(),
                answerer(),
                preparer());
    }

    /**
     * Streams names and sizes the topics of its own itself: it may do so under its own names. What
     * it only writes it reads for its metrics.
     */
    static Rights streams() {
        return Rights.of(
                "streams",
                List.of(SCHEMAS),
                read(HISTORY, MANIFESTS, ITEMS, CHECKPOINTS, SCORES, INTERVENTIONS, SELECTIONS),
                read(MATCHES, PLANS, REQUESTS, ANSWERS, REWRITES, RETRAININGS),
                read(EFFECTS, PROGRESS, REJECTS),
                write(INTERVENTIONS, SELECTIONS, PLANS, REQUESTS, REWRITES, RETRAININGS, EFFECTS),
                write(PROGRESS, REJECTS),
                Stages.APPLICATIONS.stream()
                        .flatMap(id -> Stream.of(own(id + "-"), join(id), transactAs(id + "-")))
                        .toList());
    }

    static Rights indexer() {
        return Rights.of(
                "indexer",
                List.of(SCHEMAS),
                read(HISTORY, MANIFESTS, ITEMS, CHECKPOINTS, SELECTIONS, PROGRESS),
                write(MATCHES, PROGRESS, REJECTS),
                List.of(join(Indexer.GROUP), transact(Indexer.GROUP)));
    }

    static Rights retrainer() {
        return Rights.of(
                "retrainer",
                List.of(SCHEMAS),
                read(HISTORY, MANIFESTS, ITEMS, CHECKPOINTS, SCORES, REWRITES, RETRAININGS),
                write(CHECKPOINTS, SCORES, RETRAININGS, PROGRESS),
                List.of(
                        join(RetrainingWorker.GROUP),
                        joinAny(RetrainingWorker.GROUP + "-"),
                        transactAs(RetrainingWorker.GROUP + "-")));
    }

    /** Looks at everything and changes nothing. */
    static Rights dashboard() {
        return Rights.of("dashboard", seeAll(), List.of(watchGroups(ALL_GROUPS)));
    }

    /** Publishes interventions and reads what becomes of them. */
    static Rights scientist() {
        return Rights.of(
                "scientist", seeAll(), write(INTERVENTIONS), List.of(transact("publication")));
    }

    /** Brings in histories, items and checkpoints, and trains original runs. */
    static Rights importer() {
        return Rights.of(
                "importer",
                List.of(SCHEMAS),
                read(HISTORY, MANIFESTS, ITEMS, CHECKPOINTS, SCORES),
                write(HISTORY, MANIFESTS, ITEMS, CHECKPOINTS, SCORES, PROGRESS),
                List.of(
                        transactAs("history-import-"),
                        transact("items-import"),
                        transactAs("retcon-train|")));
    }

    /** Puts documents before a program and sends its answers. */
    static Rights answerer() {
        return Rights.of("answerer", List.of(SCHEMAS), read(REQUESTS, ANSWERS), write(ANSWERS));
    }

    /** Registers the schemas where somebody else has made the topics. */
    static Rights preparer() {
        return Rights.of(
                "preparer", List.of(SCHEMAS, write(TopicSchemas.TOPIC)), see(TopicCatalogue.all()));
    }

    private static List<Right> seeAll() {
        return Stream.concat(Stream.of(SCHEMAS), read(TopicCatalogue.all()).stream()).toList();
    }
}
