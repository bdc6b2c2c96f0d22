package io.retcon.schemas;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The words that are meant something by at a place of a user's file, and what to say of one that is
 * not.
 */
public record KnownWords(Set<String> words) {
    /** Letters that may differ whatever a word's length, and the share of its letters that may. */
    private static final int FEW = 3;

    private static final int SHARE = 3;

    /** More words than these are no help to whoever reads a sentence. */
    private static final int LISTED = 40;

    public KnownWords {
        words = new TreeSet<>(words);
    }

    public boolean contains(String word) {
        return words.contains(word);
    }

    /** The end of a sentence about a word that is not known: {@code , did you mean batch?}. */
    public String mend(String word) {
        return nearest(word).map(", did you mean %s?"::formatted).orElseGet(this::takeItOut);
    }

    /**
     * The end of a mend that may as well name something that is there: {@code , or name one of
     * [a]}.
     */
    public static String orName(Collection<?> there) {
        return there.isEmpty() ? "" : ", or name one of " + there;
    }

    private String takeItOut() {
        return words.size() > LISTED
                ? ": take it out"
                : ": take it out, or use one of " + String.join(", ", words);
    }

    /** The word that holds the other or is in it, or else differs in the fewest letters, a few. */
    public Optional<String> nearest(String word) {
        return words.stream()
                .filter(known -> isNear(known, word))
                .min(
                        Comparator.comparing((String known) -> !holds(known, word))
                                .thenComparingInt(known -> distance(known, word)));
    }

    private static boolean isNear(String known, String word) {
        int longest = Math.max(known.length(), word.length());
        return distance(known, word) <= Math.min(Math.max(FEW, longest / SHARE), longest - 1)
                || holds(known, word);
    }

    private static boolean holds(String known, String word) {
        return word.length() > FEW && known.contains(word)
                || known.length() > FEW && word.contains(known);
    }

    /** Levenshtein's. */
    private static int distance(String one, String other) {
        var row = new int[other.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int changed = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[other.length()];
    }
}
