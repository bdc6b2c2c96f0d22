package io.retcon.deploy.export;

import io.retcon.deploy.intervention.InterventionOption;
import io.retcon.schemas.record.Intervention;
import io.retcon.schemas.topic.Cluster;
import io.retcon.schemas.topic.TopicCatalogue;
import io.retcon.schemas.topic.TopicTable;

import picocli.CommandLine.Parameters;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Whose rows are exported. */
final class ChosenInterventions {
    @Parameters(
            arity = "0..*",
            paramLabel = "INTERVENTION",
            description = "Ids, beginnings of ids, or names (default: all).")
    private List<String> given = new ArrayList<>();

    boolean isAll() {
        return given.isEmpty();
    }

    /** Names by ids. */
    Map<String, String> names(Cluster cluster) {
        var all = TopicTable.read(cluster, TopicCatalogue.INTERVENTIONS).values();
        var names = new TreeMap<String, String>();
        var chosen =
                isAll()
                        ? all
                        : given.stream().map(one -> InterventionOption.find(all, one)).toList();
        for (Intervention intervention : chosen) {
            names.put(intervention.getId(), intervention.getName());
        }
        return names;
    }
}
