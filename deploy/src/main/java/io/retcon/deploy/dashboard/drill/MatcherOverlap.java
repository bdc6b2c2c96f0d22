package io.retcon.deploy.dashboard.drill;

import io.retcon.schemas.record.Role;
import io.retcon.schemas.topic.Cluster;
import io.retcon.schemas.topic.Keys;
import io.retcon.schemas.topic.TopicCatalogue;
import io.retcon.schemas.topic.TopicTable;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;

/**
 * Which documents several interventions matched alike.
 *
 * @param documents intervention to the places of its documents
 */
public record MatcherOverlap(SequencedMap<String, Set<String>> documents) {
    static MatcherOverlap read(Cluster cluster, Iterable<String> interventions) {
        var documents = new LinkedHashMap<String, Set<String>>();
        interventions.forEach(id -> documents.put(id, new HashSet<>()));
        TopicTable.scan(
                cluster,
                TopicCatalogue.MATCHES,
                (key, match) -> {
                    if (match != null
                            && documents.containsKey(match.getIntervention())
                            && match.getRole().filter(Role.TARGET::equals).isPresent()) {
                        documents
                                .get(match.getIntervention())
                                .add(Keys.place(match.getDocument().orElseThrow()));
                    }
                });
        return new MatcherOverlap(documents);
    }

    public int size(String intervention) {
        return documents.get(intervention).size();
    }

    /** How many documents both matched. */
    public int shared(String one, String other) {
        Map<String, Set<String>> all = documents;
        return (int) all.get(one).stream().filter(all.get(other)::contains).count();
    }
}
