package io.retcon.schemas.spec;

import io.retcon.schemas.RefusedInput;

/** The option {@code split: true} of a spec's 'select', and what it needs. */
final class SplitOption {
    private SplitOption() {}

    /**
     * Refuses a split that nothing could be confirmed by.
     *
     * @throws RefusedInput with line and column, and the mend
     */
    static void check(LocatedYaml text, InterventionSpec spec) {
        var select = spec.select();
        if (!select.getSplit()) {
            return;
        }
        if (!spec.factors().isEmpty()) {
            throw refused(text, "a factorial design has no control to spare: leave 'split' out");
        }
        if (!OutcomeRules.include(select)) {
            throw refused(
                    text,
                    "rule %s looks at no outcome, so there is nothing to confirm: leave 'split' out"
                            .formatted(select.getRule()));
        }
        if (spec.retrain().getReplicates() < 2) {
            throw refused(
                    text,
                    "one replicate cannot confirm the selection and estimate effects: give two or"
                            + " more");
        }
        if (!spec.arms().contains(Arm.CONTROL.label())) {
            throw refused(text, "controls confirm the selection: add 'control' to 'arms'");
        }
        if (select.getMetric().equals("acc_uncond") && !spec.metrics().contains("acc_uncond")) {
            throw refused(
                    text,
                    "controls are not scored by acc_uncond, which selects: add it to"
                            + " 'measure.metrics'");
        }
    }

    private static RefusedInput refused(LocatedYaml text, String sentence) {
        return new RefusedInput("%s: %s".formatted(text.place("/select/split"), sentence));
    }
}
