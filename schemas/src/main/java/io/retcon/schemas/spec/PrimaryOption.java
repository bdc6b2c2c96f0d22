package io.retcon.schemas.spec;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.record.PrimarySpec;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The option {@code primary} of a spec's 'measure', and what it may name. */
final class PrimaryOption {
    private static final String POINTER = "/measure/primary";
    private static final String CONTRAST = "contrast";
    private static final String METRIC = "metric";

    private PrimaryOption() {}

    /** Null where the spec names none. */
    static PrimarySpec read(LocatedYaml text) {
        var primary = text.tree().at(POINTER);
        return primary.isMissingNode()
                ? null
                : new PrimarySpec(
                        primary.path(CONTRAST).textValue(), primary.path(METRIC).textValue());
    }

    /** As the canonical form has it: what is given and nothing more. */
    static Map<String, Object> canonical(PrimarySpec primary) {
        var fields = new LinkedHashMap<String, Object>();
        primary.getContrast().ifPresent(contrast -> fields.put(CONTRAST, contrast));
        primary.getMetric().ifPresent(metric -> fields.put(METRIC, metric));
        return fields;
    }

    /**
     * Refuses a primary estimate that would not be made.
     *
     * @throws RefusedInput with line and column, and the mend
     */
    static void check(LocatedYaml text, InterventionSpec spec) {
        if (spec.primary().isEmpty()) {
            return;
        }
        if (!spec.factors().isEmpty()) {
            throw new RefusedInput(
                    "%s: a factorial design asks of all its factors alike: leave 'primary' out"
                            .formatted(text.place(POINTER)));
        }
        var primary = spec.primary().get();
        var contrasts = Contrast.among(spec.arms()).stream().map(Contrast::toString).toList();
        primary.getContrast().ifPresent(of -> check(text, CONTRAST, of, contrasts));
        primary.getMetric().ifPresent(of -> check(text, METRIC, of, spec.metrics()));
    }

    private static void check(LocatedYaml text, String field, String said, List<String> estimated) {
        if (!estimated.contains(said)) {
            throw new RefusedInput(
                    "%s: the %s %s is not among those that the spec estimates: use one of %s"
                            .formatted(text.place(POINTER + "/" + field), field, said, estimated));
        }
    }
}
