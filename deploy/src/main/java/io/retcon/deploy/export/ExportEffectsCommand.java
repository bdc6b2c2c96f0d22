package io.retcon.deploy.export;

import io.retcon.deploy.cli.ClusterOption;
import io.retcon.schemas.topic.TopicCatalogue;
import io.retcon.schemas.topic.TopicTable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.io.IOException;
import java.util.concurrent.Callable;

/** Estimates as rows. */
@Command(name = "effects", description = "Writes effects as rows, an estimate each, for notebooks.")
public final class ExportEffectsCommand implements Callable<Integer> {
    @Mixin private ChosenInterventions chosen;
    @Mixin private RowFile file;
    @Mixin private ClusterOption cluster;

    @Override
    public Integer call() throws IOException {
        var kafka = cluster.resolve();
        var names = chosen.names(kafka);
        var all = TopicTable.read(kafka, TopicCatalogue.EFFECTS);
        file.write(
                EffectRow.class,
                sink ->
                        names.keySet().stream()
                                .filter(all::containsKey)
                                .map(all::get)
                                .forEach(
                                        effects ->
                                                effects.getEffects().stream()
                                                        .map(one -> EffectRow.of(effects, one))
                                                        .forEach(sink)));
        return 0;
    }
}
