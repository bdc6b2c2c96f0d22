package io.retcon.deploy.demo;

import static org.assertj.core.api.Assertions.assertThat;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.retcon.schemas.record.Effects;
import io.retcon.schemas.record.RetrainSpec;
import io.retcon.schemas.record.SelectSpec;
import io.retcon.schemas.spec.InterventionSpec;
import io.retcon.schemas.spec.SpecReader;
import io.retcon.schemas.topic.Cluster;
import io.retcon.schemas.topic.TopicCatalogue;
import io.retcon.schemas.topic.TopicTable;
import io.retcon.streams.effects.EffectsJson;

import java.io.IOException;
import java.nio.file.Files;
import java.util.TreeMap;

/**
 * An intervention that nothing disturbed: the bits that its twins must have.
 *
 * @param overlay arm and partition to the SHA-256 over what was rewritten there
 */
record Undisturbed(InterventionSpec spec, Effects effects, TreeMap<String, String> overlay) {
    /** A world whose intervention takes seconds. */
    static final WorldSize SIZE = new WorldSize(3, 6, 6, 12, 4, 48, 12, 3, 2, 1, 1);

    Undisturbed {
        requireNonNull(spec, "spec is null");
        requireNonNull(effects, "effects is null");
        requireNonNull(overlay, "overlay is null");
    }

    /** The spec of a world that was prepared, for all of its items. */
    static InterventionSpec spec(WorldFiles files) throws IOException {
        var like = new SpecReader().read(Files.readString(files.spec()));
        var select = SelectSpec.newBuilder(like.select()).setRule("all").setStep(null).build();
        var retrain = RetrainSpec.newBuilder(like.retrain()).setReplicates(2).build();
        return InterventionSpec.newBuilder(like)
                .setName("alone")
                .setSelect(select)
                .setRetrain(retrain)
                .build();
    }

    static Undisturbed of(Cluster cluster, InterventionSpec spec, Effects effects) {
        return new Undisturbed(spec, effects, overlay(cluster, effects.getIntervention()));
    }

    /** The same intervention by another name. */
    InterventionSpec twin(String name) {
        return InterventionSpec.newBuilder(spec).setName(name).build();
    }

    void assertSame(Cluster cluster, Effects twin) {
        assertThat(anonymous(twin)).isEqualTo(anonymous(effects));
        assertThat(overlay(cluster, twin.getIntervention())).isEqualTo(overlay);
    }

    private static ObjectNode anonymous(Effects effects) {
        return EffectsJson.of(
                Effects.newBuilder(effects).setIntervention("i").setName("n").build());
    }

    private static TreeMap<String, String> overlay(Cluster cluster, String intervention) {
        var shas = new TreeMap<String, String>();
        TopicTable.scan(
                cluster,
                TopicCatalogue.REWRITES,
                (key, rewrite) -> {
                    if (rewrite != null
                            && rewrite.getIntervention().equals(intervention)
                            && rewrite.getClosing().isPresent()) {
                        shas.put(
                                key.substring(key.indexOf('|')),
                                rewrite.getClosing().get().getSha256());
                    }
                });
        assertThat(shas).isNotEmpty();
        return shas;
    }
}
