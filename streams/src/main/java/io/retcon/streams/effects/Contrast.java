package io.retcon.streams.effects;

import static java.util.Objects.requireNonNull;

import java.util.List;

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

    /** Those that the arms allow. */
    static List<Contrast> among(List<String> arms) {
        return ALL.stream()
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
