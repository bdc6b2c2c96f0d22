package io.retcon.schemas.spec;

import io.retcon.schemas.RefusedInput;

/** Names of specs that interventions' names are made of. */
final class SpecNames {
    /** Of the 200 characters that a name may have. */
    private static final int MOST = 175;

    private SpecNames() {}

    /**
     * @param rest what comes after the name in those of its interventions
     * @throws RefusedInput with line and column, if it leaves no room for that
     */
    static void requireRoom(LocatedYaml text, String rest) {
        var name = text.tree().path("name").asText();
        if (name.codePointCount(0, name.length()) > MOST) {
            throw new RefusedInput(
                    "%s: 'name' is longer than %d characters, and its interventions are called so with %s after it: shorten it"
                            .formatted(text.place("/name"), MOST, rest));
        }
    }
}
