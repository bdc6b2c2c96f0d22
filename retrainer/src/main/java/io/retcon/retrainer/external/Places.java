package io.retcon.retrainer.external;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stands for the names in braces of an operator's texts.
 *
 * @param values by name
 */
record Places(Map<String, String> values) {
    /** The checkpoint to start from, a folder as Hugging Face has it. */
    static final String CHECKPOINT = "checkpoint";

    /** The arm's window, a folder of token files. */
    static final String HISTORY = "history";

    /** The config that was written for OLMo's trainer. */
    static final String CONFIG = "config";

    /** The recipe of the checkpoint to start from. */
    static final String RECIPE = "recipe";

    /** Where the checkpoint is to be left, a folder as Hugging Face has it. */
    static final String OUT = "out";

    /** A folder of this retraining's own, which is kept from one attempt to the next. */
    static final String WORK = "work";

    /** The window's first step. */
    static final String FROM = "from";

    /** The step after the window's last one. */
    static final String TO = "to";

    /** The arm's name. */
    static final String ARM = "arm";

    /** The replicate's number. */
    static final String REPLICATE = "replicate";

    static final List<String> NAMES =
            List.of(CHECKPOINT, HISTORY, CONFIG, RECIPE, OUT, WORK, FROM, TO, ARM, REPLICATE);

    private static final Pattern NAMED = Pattern.compile("\\{([a-z_]+)}");

    Places {
        values = Map.copyOf(values);
    }

    Places with(String name, Object value) {
        var more = new LinkedHashMap<>(values);
        more.put(name, value.toString());
        return new Places(more);
    }

    /** The names that a text has. */
    static SequencedSet<String> in(String text) {
        var names = new LinkedHashSet<String>();
        NAMED.matcher(text).results().forEach(found -> names.add(found.group(1)));
        return names;
    }

    /** The text with the values in their places. */
    String put(String text) {
        return NAMED.matcher(text)
                .replaceAll(
                        found -> {
                            var value = values.get(found.group(1));
                            if (value == null) {
                                throw new IllegalArgumentException(
                                        "nothing stands for " + found.group());
                            }
                            return Matcher.quoteReplacement(value);
                        });
    }
}
