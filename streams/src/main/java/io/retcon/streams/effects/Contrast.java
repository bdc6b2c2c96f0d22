package io.retcon.streams.effects;

import static java.util.Objects.requireNonNull;

import io.retcon.streams.planning.Arm;

import java.util.List;
import java.util.stream.Stream;

/** Two arms, the first minus the second. */
record Contrast(String first, String second) {
    private static final List<Contrast> ALL =
            List.of(
                    new Contrast("treated", "control"),
                    new Contrast("treated", "placebo"),
                    new Contrast("placebo", "control"));

    Contrast {
        requireNonNull(first, "first is null");
        requireNonNull(second, "second is null");
    }

    /** Those that the arms allow; each dose is compared with the control. */
    static List<Contrast> among(List<String> arms) {
        var doses =
                arms.stream()
                        .filter(arm -> Arm.named(arm).isDose())
                        .map(arm -> new Contrast(arm, Arm.CONTROL.label()));
        return Stream.concat(ALL.stream(), doses)
                .filter(contrast -> arms.contains(contrast.first) && arms.contains(contrast.second))
                .toList();
    }

    boolean involves(String arm) {
        return arm.equals(first) || arm.equals(second);
    }

    /** As effects name it: {@code treated-control}. */
    @Override
    public String toString() {
        return first + "-" + second;
    }
}
