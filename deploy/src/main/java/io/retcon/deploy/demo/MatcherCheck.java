package io.retcon.deploy.demo;

import static io.retcon.deploy.report.MatcherTruth.Meaning.DOES_NOT_STATE;

import io.retcon.deploy.report.MatcherTruth;
import io.retcon.schemas.record.ItemRef;
import io.retcon.schemas.record.Role;
import io.retcon.schemas.spec.Arm;
import io.retcon.schemas.topic.Cluster;
import io.retcon.schemas.topic.TopicCatalogue;
import io.retcon.schemas.topic.TopicTable;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Holds what a matcher found in a world's treated window against the truth.
 *
 * @param world the world
 */
public record MatcherCheck(World world) {

    /**
     * The truth about a matching.
     *
     * @param items identifiers of the selected items
     * @param matched identifiers of the matched documents
     */
    public MatcherTruth of(Collection<String> items, Collection<String> matched) {
        var selected = Set.copyOf(items);
        var found = new HashSet<>(matched);
        var about = new EnumMap<Kind, List<WorldDocument>>(Kind.class);
        var others = new ArrayList<WorldDocument>();
        for (var document : world.documents()) {
            if (document.window() == world.size().treated()) {
                if (document.fact().filter(selected::contains).isPresent()) {
                    about.computeIfAbsent(document.kind(), _ -> new ArrayList<>()).add(document);
                } else {
                    others.add(document);
                }
            }
        }
        var rows = new ArrayList<MatcherTruth.Row>();
        about.forEach(
                (kind, documents) ->
                        rows.add(
                                new MatcherTruth.Row(
                                        kind.words(),
                                        kind.meaning(),
                                        documents.size(),
                                        count(documents, found))));
        rows.add(
                new MatcherTruth.Row(
                        "is not about it", DOES_NOT_STATE, others.size(), count(others, found)));
        return new MatcherTruth(rows);
    }

    /** The truth about the documents that an intervention's matcher found. */
    public MatcherTruth ofMatched(Cluster cluster, String intervention) {
        var ids = new HashSet<String>();
        TopicTable.scan(
                cluster,
                TopicCatalogue.MATCHES,
                (key, match) -> {
                    if (match.getIntervention().equals(intervention)
                            && match.getRole().filter(Role.TARGET::equals).isPresent()) {
                        ids.add(match.getDocument().orElseThrow().getId());
                    }
                });
        return of(selected(cluster, intervention), ids);
    }

    /** The truth about the documents that an intervention's treated arm changes. */
    public MatcherTruth ofChanged(Cluster cluster, String intervention) {
        var ids = new HashSet<String>();
        TopicTable.scan(
                cluster,
                TopicCatalogue.PLANS,
                (key, plan) -> {
                    if (plan.getIntervention().equals(intervention)
                            && plan.getArm().equals(Arm.TREATED_LABEL)) {
                        plan.getTarget().ifPresent(target -> ids.add(target.getId()));
                    }
                });
        return of(selected(cluster, intervention), ids);
    }

    private static Set<String> selected(Cluster cluster, String intervention) {
        return TopicTable.read(cluster, TopicCatalogue.SELECTIONS)
                .get(intervention)
                .getItems()
                .stream()
                .map(ItemRef::getId)
                .collect(Collectors.toSet());
    }

    private static long count(List<WorldDocument> documents, Set<String> found) {
        return documents.stream().filter(document -> found.contains(document.id())).count();
    }
}
