package io.retcon.deploy.intervention;

import io.retcon.deploy.cli.ClusterOption;
import io.retcon.deploy.cli.OutputOption;
import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.topic.TopicCatalogue;
import io.retcon.schemas.topic.TopicTable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.util.concurrent.Callable;

/** An intervention's effects. */
@Command(name = "effects", description = "An intervention's effects, with their intervals.")
public final class EffectsCommand implements Callable<Integer> {
    @Mixin private InterventionOption intervention;
    @Mixin private ClusterOption cluster;
    @Mixin private OutputOption output;

    @Override
    public Integer call() {
        var kafka = cluster.resolve();
        var found = intervention.find(kafka);
        var effects = TopicTable.read(kafka, TopicCatalogue.EFFECTS).get(found.getId());
        if (effects == null) {
            throw new RefusedInput(
                    "intervention %s (%s) has no effects yet: ./retcon status shows how far it is"
                            .formatted(found.getId(), found.getName()));
        }
        new EffectsPrint(output).print(effects);
        return 0;
    }
}
