package io.retcon.schemas.format;

/** What a YAML parser complains of, in words with the mend. */
public final class YamlWords {
    private YamlWords() {}

    /**
     * @param problem in the parser's words
     */
    public static String of(String problem) {
        return problem.contains("\\t(TAB)")
                ? "a tab stands where YAML takes none: put blanks there"
                : "not YAML (%s)".formatted(problem);
    }
}
