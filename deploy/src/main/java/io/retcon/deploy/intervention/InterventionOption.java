package io.retcon.deploy.intervention;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.record.Intervention;
import io.retcon.schemas.topic.Cluster;
import io.retcon.schemas.topic.TopicCatalogue;
import io.retcon.schemas.topic.TopicTable;

import picocli.CommandLine.Parameters;

import java.util.Collection;

/** The intervention that a verb is about: its id, the beginning of it, or its name. */
public final class InterventionOption {
    @Parameters(
            paramLabel = "INTERVENTION",
            description = "Its id, the beginning of its id, or its name.")
    private String given;

    /**
     * @throws RefusedInput if none or several are called so
     */
    public Intervention find(Cluster cluster) {
        return find(TopicTable.read(cluster, TopicCatalogue.INTERVENTIONS).values(), given);
    }

    /**
     * The one of all that is called so.
     *
     * @throws RefusedInput if none or several are called so
     */
    public static Intervention find(Collection<Intervention> all, String given) {
        var found =
                all.stream()
                        .filter(i -> i.getId().startsWith(given) || i.getName().equals(given))
                        .toList();
        if (found.isEmpty()) {
            throw new RefusedInput(
                    "no intervention is called '%s': ./retcon status lists what there is"
                            .formatted(given));
        }
        if (found.size() > 1) {
            throw new RefusedInput(
                    "'%s' stands for %d interventions: give one of the ids %s"
                            .formatted(
                                    given,
                                    found.size(),
                                    found.stream().map(Intervention::getId).toList()));
        }
        return found.getFirst();
    }
}
