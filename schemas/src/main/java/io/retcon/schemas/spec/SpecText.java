package io.retcon.schemas.spec;

import io.retcon.schemas.Sha256;
import io.retcon.schemas.record.FactorSpec;
import io.retcon.schemas.record.SelectSpec;
import io.retcon.schemas.record.StepRange;

import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A spec in its canonical form: every field written out, always in the same order. */
public record SpecText(InterventionSpec spec) {
    private static final int ID_DIGITS = 16;

    /** Canonical YAML: {@link SpecReader} reads the same spec from it. */
    public String yaml() {
        return dumped(fields());
    }

    /** What the canonical form says, in order. */
    Map<String, Object> fields() {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("name", spec.name());
        fields.put("run", spec.run());
        fields.put("select", select(spec.select()));
        boolean factorial = !spec.factors().isEmpty();
        if (factorial) {
            fields.put("design", FactorOptions.DESIGN);
            fields.put("factors", spec.factors().stream().map(SpecText::factor).toList());
            fields.put("runs", spec.arms().size());
        }
        fields.put("window", range(spec.window()));
        fields.put("match", SpecBinding.fields(spec.match()));
        fields.put("operate", spec.operate().stream().map(SpecBinding::fields).toList());
        if (!factorial) {
            putArms(fields);
            if (!spec.placebo().equals("same-lengths")) {
                fields.put("placebo", spec.placebo());
            }
        }
        fields.put("retrain", RetrainOptions.canonical(spec.retrain()));
        var measure = new LinkedHashMap<String, Object>();
        measure.put("metrics", spec.metrics());
        spec.cluster().ifPresent(cluster -> measure.put("cluster", cluster));
        spec.detect().ifPresent(detect -> measure.put("detect", detect));
        spec.primary().ifPresent(of -> measure.put("primary", PrimaryOption.canonical(of)));
        if (!spec.multiplicity().equals("bh")) {
            measure.put("multiplicity", spec.multiplicity());
        }
        fields.put("measure", measure);
        fields.put("seed", spec.seed());
        return fields;
    }

    static String dumped(Map<String, Object> fields) {
        var settings =
                DumpSettings.builder().setDefaultFlowStyle(FlowStyle.AUTO).setWidth(120).build();
        return new Dump(settings).dumpToString(fields);
    }

    /** The intervention's id: the first 16 hexadecimal digits of the canonical form's SHA-256. */
    public String id() {
        return idOf(yaml());
    }

    static String idOf(String yaml) {
        return Sha256.of(yaml).substring(0, ID_DIGITS);
    }

    private void putArms(Map<String, Object> fields) {
        fields.put("arms", spec.arms().stream().filter(arm -> !isDose(arm)).toList());
        var doses =
                spec.arms().stream()
                        .filter(SpecText::isDose)
                        .map(arm -> Arm.named(arm).share())
                        .toList();
        if (!doses.isEmpty()) {
            fields.put("dose", doses);
        }
    }

    private static Map<String, Object> factor(FactorSpec factor) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("name", factor.getName());
        // Its checkpoints are those of the spec's own select.
        var select = SelectSpec.newBuilder(factor.getSelect()).setCheckpoints(List.of()).build();
        fields.put("select", select(select));
        return fields;
    }

    private static boolean isDose(String arm) {
        return Arm.named(arm).isDose();
    }

    private static Map<String, Object> select(SelectSpec select) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("benchmark", select.getBenchmark());
        fields.put("rule", select.getRule());
        select.getStep().ifPresent(step -> fields.put("step", step));
        fields.put("metric", select.getMetric());
        if (!select.getItems().isEmpty()) {
            fields.put("items", select.getItems());
        }
        select.getSample().ifPresent(sample -> fields.put("sample", sample));
        if (!select.getCheckpoints().isEmpty()) {
            fields.put("checkpoints", select.getCheckpoints());
        }
        if (!select.getSubset().isEmpty()) {
            fields.put("subset", select.getSubset());
        }
        if (select.getMatched()) {
            fields.put("matched", true);
        }
        if (select.getSplit()) {
            fields.put("split", true);
        }
        return fields;
    }

    static Map<String, Object> range(StepRange range) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("from", range.getFrom());
        fields.put("to", range.getTo());
        return fields;
    }
}
