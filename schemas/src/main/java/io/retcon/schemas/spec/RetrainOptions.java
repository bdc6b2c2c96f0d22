package io.retcon.schemas.spec;

import com.fasterxml.jackson.databind.JsonNode;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.record.RetrainSpec;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The 'retrain' part of a spec: each engine takes its own options, and no others. */
final class RetrainOptions {
    static final String EXTERNAL = "external";

    private static final String FIRST = "nd4j";
    private static final Map<String, List<String>> OPTIONS =
            Map.of(
                    FIRST,
                    List.of(),
                    "libtorch",
                    List.of("device", "precision"),
                    EXTERNAL,
                    List.of("command"));

    /** What an option means where it is not there. */
    private static final Map<String, String> UNSAID = Map.of("device", "cpu", "precision", "fp32");

    private RetrainOptions() {}

    /**
     * @param replicates where the spec does not say how many
     * @throws RefusedInput if the engine does not take an option, or needs one that is not there
     */
    static RetrainSpec read(LocatedYaml text, int replicates) {
        var retrain = text.tree().path("retrain");
        var engine = retrain.path("engine").asText(FIRST);
        check(text, retrain, engine);
        return RetrainSpec.newBuilder()
                .setReplicates(retrain.path("replicates").asInt(replicates))
                .setVary(retrain.path("vary").asText("order"))
                .setEngine(engine)
                .setOptimizer(retrain.path("optimizer").asText("saved"))
                .setDevice(retrain.path("device").asText(UNSAID.get("device")))
                .setPrecision(retrain.path("precision").asText(UNSAID.get("precision")))
                .setCommand(
                        SpecReader.list(retrain.path("command"), JsonNode::textValue, List.of()))
                .build();
    }

    private static void check(LocatedYaml text, JsonNode retrain, String engine) {
        for (var options : OPTIONS.entrySet()) {
            for (var option : options.getValue()) {
                var said = retrain.path(option).asText(UNSAID.get(option));
                if (!options.getKey().equals(engine) && !Objects.equals(said, UNSAID.get(option))) {
                    throw new RefusedInput(
                            "%s: '%s' is for engine %s, and this is %s: leave it out, or say engine: %s"
                                    .formatted(
                                            text.place("/retrain/" + option),
                                            option,
                                            options.getKey(),
                                            engine,
                                            options.getKey()));
                }
            }
        }
        if (engine.equals(EXTERNAL) && !retrain.has("command")) {
            throw new RefusedInput(
                    "%s: engine external needs 'command', the name of one of the operator's trainers: add it"
                            .formatted(text.place("/retrain/engine")));
        }
        if (engine.equals(EXTERNAL) && retrain.path("vary").asText("order").equals("jitter")) {
            throw new RefusedInput(
                    "%s: an external trainer starts from the checkpoint as it is: say vary: order"
                            .formatted(text.place("/retrain/vary")));
        }
    }

    /**
     * Refuses jitter where it would only repeat one retraining that something else hangs on.
     *
     * @throws RefusedInput if items are selected by how they came out, or replicates are a
     *     factorial design's
     */
    static void checkVary(LocatedYaml text, InterventionSpec spec) {
        if (!spec.retrain().getVary().equals("jitter")) {
            return;
        }
        if (OutcomeRules.includeAnyOf(spec)) {
            throw new RefusedInput(
                    "%s: the rule selects items by how they came out in this run, and with jitter the control is that run again, which it came out best in: say vary: order"
                            .formatted(text.place("/retrain/vary")));
        }
        if (!spec.factors().isEmpty()) {
            throw new RefusedInput(
                    "%s: a factorial design takes how retrainings differ from its arms, and with jitter they are one retraining: say vary: order"
                            .formatted(text.place("/retrain/vary")));
        }
    }

    /** What is not said otherwise is left out, so that older specs keep their ids. */
    static Map<String, Object> canonical(RetrainSpec spec) {
        var retrain = new LinkedHashMap<String, Object>();
        retrain.put("replicates", spec.getReplicates());
        retrain.put("vary", spec.getVary());
        retrain.put("engine", spec.getEngine());
        if (!spec.getOptimizer().equals("saved")) {
            retrain.put("optimizer", spec.getOptimizer());
        }
        if (!spec.getDevice().equals(UNSAID.get("device"))) {
            retrain.put("device", spec.getDevice());
        }
        if (!spec.getPrecision().equals(UNSAID.get("precision"))) {
            retrain.put("precision", spec.getPrecision());
        }
        if (!spec.getCommand().isEmpty()) {
            retrain.put("command", spec.getCommand());
        }
        return retrain;
    }
}
