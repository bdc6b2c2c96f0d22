package io.retcon.deploy.dashboard.browser;

import java.util.Arrays;
import java.util.List;

/**
 * How a page is looked at.
 *
 * @param width of the window, in CSS pixels
 */
record Look(Scheme scheme, int width) {
    static final int DESK = 1280;
    static final int PHONE = 360;

    /** What a viewer's system prefers. */
    enum Scheme {
        LIGHT,
        DARK;

        String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** Each scheme on a desk and on a phone. */
    static List<Look> all() {
        return Arrays.stream(Scheme.values())
                .flatMap(s -> List.of(new Look(s, DESK), new Look(s, PHONE)).stream())
                .toList();
    }

    @Override
    public String toString() {
        return "%s-%d".formatted(scheme.word(), width);
    }
}
