package io.retcon.schemas.spec;

import io.retcon.schemas.RefusedInput;

/** The documents that a placebo changes instead of the matched ones. */
public enum PlaceboContent {
    /** Any of the window that match no selected item. */
    SAME_LENGTHS("same-lengths"),
    /**
     * Those that match other items of the benchmark, so that content and not only bulk is equal.
     */
    MATCHED_CONTENT("matched-content");

    private final String label;

    PlaceboContent(String label) {
        this.label = label;
    }

    /**
     * As a spec's arms and operations ask for it: where facts are replaced, a placebo replaces
     * facts of other items, whatever else it would do.
     *
     * @throws RefusedInput if the spec names none of them
     */
    public static PlaceboContent of(InterventionSpec spec) {
        return spec.operate().stream().anyMatch(OperationSpec::readsItems)
                ? MATCHED_CONTENT
                : named(spec.placebo());
    }

    /** Whether it must be known which documents of the window match other items. */
    public static boolean readsOtherItems(InterventionSpec spec) {
        return spec.arms().contains(Arm.PLACEBO_LABEL) && of(spec) == MATCHED_CONTENT;
    }

    private static PlaceboContent named(String name) {
        for (var content : values()) {
            if (content.label.equals(name)) {
                return content;
            }
        }
        throw new RefusedInput(
                "placebo '%s' is unknown: say same-lengths or matched-content".formatted(name));
    }
}
