package io.retcon.streams.validation;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.record.RetrainSpec;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The 'retrain' part of a spec. What is not said, and not nd4j's, is left out of its canonical
 * form.
 */
final class RetrainOptions {
    private static final String ND4J = "nd4j";
    private static final String CPU = "cpu";
    private static final String FP32 = "fp32";
    private static final String SAVED = "saved";

    private RetrainOptions() {}

    /**
     * @param replicates where the spec does not say
     */
    static RetrainSpec read(LocatedYaml text, int replicates) {
        var part = text.tree().path("retrain");
        var retrain =
                RetrainSpec.newBuilder()
                        .setReplicates(part.path("replicates").asInt(replicates))
                        .setVary(part.path("vary").asText("order"))
                        .setEngine(part.path("engine").asText(ND4J))
                        .setOptimizer(part.path("optimizer").asText(SAVED))
                        .setDevice(part.path("device").asText(CPU))
                        .setPrecision(part.path("precision").asText(FP32))
                        .build();
        if (retrain.getEngine().equals(ND4J)
                && !(retrain.getDevice().equals(CPU) && retrain.getPrecision().equals(FP32))) {
            throw new RefusedInput(
                    "%s: engine nd4j computes on the cpu in fp32 alone: say engine: libtorch for %s in %s"
                            .formatted(
                                    text.place("/retrain"),
                                    retrain.getDevice(),
                                    retrain.getPrecision()));
        }
        return retrain;
    }

    static Map<String, Object> canonical(RetrainSpec retrain) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("replicates", retrain.getReplicates());
        fields.put("vary", retrain.getVary());
        fields.put("engine", retrain.getEngine());
        putUnless(SAVED, "optimizer", retrain.getOptimizer(), fields);
        putUnless(CPU, "device", retrain.getDevice(), fields);
        putUnless(FP32, "precision", retrain.getPrecision(), fields);
        return fields;
    }

    private static void putUnless(
            String unsaid, String key, String value, Map<String, Object> fields) {
        if (!value.equals(unsaid)) {
            fields.put(key, value);
        }
    }
}
