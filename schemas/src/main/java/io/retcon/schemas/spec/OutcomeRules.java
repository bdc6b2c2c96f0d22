package io.retcon.schemas.spec;

import io.retcon.schemas.record.FactorSpec;
import io.retcon.schemas.record.SelectSpec;

import java.util.stream.Stream;

/** The selection rules that look at how items came out in the original run. */
public final class OutcomeRules {
    private OutcomeRules() {}

    /** Whether a rule would select other items of another run. */
    public static boolean include(SelectSpec select) {
        return switch (select.getRule()) {
            case "all", "list" -> false;
            default -> true;
        };
    }

    /** Whether the rule of a spec, or that of one of its factors, would. */
    public static boolean includeAnyOf(InterventionSpec spec) {
        return Stream.concat(
                        Stream.of(spec.select()),
                        spec.factors().stream().map(FactorSpec::getSelect))
                .anyMatch(OutcomeRules::include);
    }
}
