package io.retcon.deploy.demo;

import static io.retcon.deploy.report.MatcherTruth.Meaning.DOES_NOT_STATE;

import io.retcon.deploy.report.MatcherTruth;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

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

    private static long count(List<WorldDocument> documents, Set<String> found) {
        return documents.stream().filter(document -> found.contains(document.id())).count();
    }
}
