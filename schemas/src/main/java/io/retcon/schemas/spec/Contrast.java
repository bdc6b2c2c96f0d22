package io.retcon.schemas.spec;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.stream.Stream;

/** Two arms, the first minus the second; or the trend over doses. */
public record Contrast(String first, String second) {
    public static final Contrast DOSE_TREND = new Contrast("dose", "trend");

    private static final List<Contrast> ALL =
            List.of(
                    new Contrast(Arm.TREATED_LABEL, Arm.CONTROL_LABEL),
                    new Contrast(Arm.TREATED_LABEL, Arm.PLACEBO_LABEL),
                    new Contrast(Arm.PLACEBO_LABEL, Arm.CONTROL_LABEL));

    public Contrast {
        requireNonNull(first, "first is null");
        requireNonNull(second, "second is null");
    }

    /**
     * Those that the arms allow, the first being the one to speak of; each dose is compared with
     * the control, and where there are doses and a control the last is their trend.
     */
    public static List<Contrast> among(List<String> arms) {
        var doses =
                arms.stream()
                        .filter(arm -> Arm.named(arm).isDose())
                        .map(arm -> new Contrast(arm, Arm.CONTROL.label()))
                        .toList();
        var pairs =
                Stream.concat(ALL.stream(), doses.stream())
                        .filter(
                                contrast ->
                                        arms.contains(contrast.first)
                                                && arms.contains(contrast.second));
        boolean trend = !doses.isEmpty() && arms.contains(Arm.CONTROL.label());
        return Stream.concat(pairs, trend ? Stream.of(DOSE_TREND) : Stream.empty()).toList();
    }

    public boolean involves(String arm) {
        return arm.equals(first) || arm.equals(second);
    }

    /** As effects name it: {@code treated-control}. */
    @Override
    public String toString() {
        return first + "-" + second;
    }
}
