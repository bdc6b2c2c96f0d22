package io.retcon.deploy.bench;

import java.util.SplittableRandom;

/**
 * An endless language: words numbered by how common they are, spelled in syllables, the common ones
 * short. Word {@code rank} is drawn about as often as Zipf says, in proportion to 1 / rank.
 */
final class GeneratedWords {
    private static final int VOCABULARY = 200_000;
    private static final int RARE = 2000;
    private static final String CONSONANTS = "tnrshldcmfpgwybvk";
    private static final String VOWELS = "eaoiu";
    private static final int SYLLABLES = CONSONANTS.length() * VOWELS.length();

    private GeneratedWords() {}

    /** The rank of a word at random, from 1. */
    static int draw(SplittableRandom random) {
        return (int) Math.pow(VOCABULARY, random.nextDouble());
    }

    /** Appends word {@code rank}; no two ranks are spelled alike. */
    static void append(StringBuilder text, int rank) {
        int rest = rank;
        do {
            int syllable = rest % SYLLABLES;
            text.append(CONSONANTS.charAt(syllable % CONSONANTS.length()))
                    .append(VOWELS.charAt(syllable / CONSONANTS.length()));
            rest /= SYLLABLES;
        } while (rest > 0);
        text.append(CONSONANTS.charAt(rank % CONSONANTS.length()));
    }

    /** Two rare words with capitals, as names have. */
    static String name(SplittableRandom random) {
        var name = new StringBuilder();
        append(name, random.nextInt(RARE, VOCABULARY));
        int second = name.append(' ').length();
        append(name, random.nextInt(RARE, VOCABULARY));
        name.setCharAt(0, Character.toUpperCase(name.charAt(0)));
        name.setCharAt(second, Character.toUpperCase(name.charAt(second)));
        return name.toString();
    }
}
