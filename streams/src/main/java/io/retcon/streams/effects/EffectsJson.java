package io.retcon.streams.effects;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.retcon.schemas.record.Effect;
import io.retcon.schemas.record.Effects;
import io.retcon.schemas.record.Entry;
import io.retcon.schemas.spec.Arm;

import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An intervention's effects as JSON, keys always in the same order; {@code null} stands for every
 * number that was not estimated or that nobody can say.
 */
public final class EffectsJson {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private EffectsJson() {}

    /** Its text is the JSON on one line. */
    public static ObjectNode of(Effects effects) {
        var json = JSON.objectNode();
        json.put("intervention", effects.getIntervention());
        json.put("run", effects.getRun());
        json.putObject("window")
                .put("from", effects.getWindow().getFrom())
                .put("to", effects.getWindow().getTo());
        json.put("items", effects.getItems());
        json.put("documents", effects.getDocuments());
        var list = json.putArray("effects");
        effects.getEffects().forEach(effect -> list.add(effect(effect)));
        var arms = json.putObject("arms");
        inOrder(effects.getArms())
                .forEach(
                        (arm, means) -> {
                            var ofArm = arms.putObject(arm);
                            new TreeMap<>(means).forEach(ofArm::put);
                        });
        return json;
    }

    private static ObjectNode effect(Effect effect) {
        var json = JSON.objectNode();
        json.put("contrast", effect.getContrast());
        json.put("benchmark", effect.getBenchmark());
        json.put("metric", effect.getMetric());
        var estimated = new EstimatedEffect(effect);
        json.put("estimate", estimated.estimate().orElse(null));
        json.set("interval", interval(estimated.interval()));
        json.put("level", effect.getLevel());
        json.put("p", estimated.p().orElse(null));
        json.put("q", estimated.q().orElse(null));
        json.put("minimumDetectable", estimated.minimumDetectable().orElse(null));
        json.put("items", effect.getItems());
        json.put("replicates", effect.getReplicates());
        var caveats = json.putArray("caveats");
        effect.getCaveats().forEach(caveats::add);
        json.put("noise", effect.getNoise().orElse(null));
        json.put("signalToNoise", effect.getSignalToNoise().orElse(null));
        json.put("clusteredBy", effect.getClusteredBy().orElse(null));
        var clusters = json.putArray("clusters");
        for (var cluster : effect.getClusters()) {
            var of = clusters.addObject();
            of.put("cluster", cluster.getCluster()).put("items", cluster.getItems());
            of.put("estimate", cluster.getEstimate());
            of.set("interval", interval(EstimatedEffect.interval(cluster)));
        }
        json.put("family", effect.getFamily());
        json.put("adjustedBy", effect.getAdjustedBy());
        json.set("entry", effect.getEntry().map(EffectsJson::entry).orElse(JSON.nullNode()));
        return json;
    }

    private static JsonNode entry(Entry entry) {
        return JSON.objectNode()
                .put("series", entry.getSeries())
                .put("place", entry.getPlace())
                .put("method", entry.getMethod())
                .put("testedAt", entry.getTestedAt())
                .put("discovery", entry.getDiscovery());
    }

    private static JsonNode interval(Optional<EstimatedEffect.Interval> interval) {
        return interval.<JsonNode>map(i -> JSON.arrayNode().add(i.low()).add(i.high()))
                .orElse(JSON.nullNode());
    }

    private static <V> Map<String, V> inOrder(Map<String, V> ofArms) {
        var sorted =
                new TreeMap<String, V>(
                        Comparator.<String>comparingInt(
                                        arm ->
                                                Arm.LABELS.contains(arm)
                                                        ? Arm.LABELS.indexOf(arm)
                                                        : Arm.LABELS.size())
                                .thenComparing(Comparator.naturalOrder()));
        sorted.putAll(ofArms);
        return sorted;
    }
}
