package io.retcon.streams.planning;

/**
 * A spec's word on how many of the matched documents are changed.
 *
 * @param asked how many
 * @param found documents that match
 * @param scored whether scores say which of them
 */
public record DocumentLimit(int asked, int found, boolean scored) {
    /** In words, for people. */
    public String text() {
        if (found < asked) {
            return "only %,d documents match, fewer than the %,d that the spec asks for: all of them are taken"
                    .formatted(found, asked);
        }
        return "%,d of %,d documents that match are taken: %s"
                .formatted(
                        asked,
                        found,
                        scored ? "those with the highest scores" : "the seed draws which");
    }
}
