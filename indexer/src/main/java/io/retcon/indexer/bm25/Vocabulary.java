package io.retcon.indexer.bm25;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Words by number, and the stop words, found by hash without making strings. */
final class Vocabulary {
    /** The id of a word that nobody asked for. */
    static final int UNKNOWN = -1;

    /** The id of every stop word. */
    static final int STOP = -2;

    private static final String STOP_WORDS =
            "a an and are as at be but by for if in into is it no not of on or such that the their"
                    + " then there these they this to was will with";

    private byte[][] words = new byte[1 << 10][];
    private int[] hashes = new int[1 << 10];
    private int[] ids = new int[1 << 10];
    private int entries;
    private int size;

    Vocabulary() {
        var stop = new Words();
        stop.read(STOP_WORDS.getBytes(StandardCharsets.UTF_8));
        while (stop.next()) {
            put(stop, STOP);
        }
    }

    /** How many words have a number: 0 to this−1. */
    int size() {
        return size;
    }

    int idOf(Words word) {
        int slot = slot(words, hashes, word.hash(), word.text(), word.start(), word.end());
        return words[slot] == null ? UNKNOWN : ids[slot];
    }

    /** The word's id, a fresh one if it has none. */
    int add(Words word) {
        int known = idOf(word);
        return known == UNKNOWN ? put(word, size++) : known;
    }

    private int put(Words word, int id) {
        if (2 * entries > words.length) {
            grow();
        }
        int slot = slot(words, hashes, word.hash(), word.text(), word.start(), word.end());
        words[slot] = Arrays.copyOfRange(word.text(), word.start(), word.end());
        hashes[slot] = word.hash();
        ids[slot] = id;
        entries++;
        return id;
    }

    private void grow() {
        var grownWords = new byte[2 * words.length][];
        var grownHashes = new int[grownWords.length];
        var grownIds = new int[grownWords.length];
        for (int i = 0; i < words.length; i++) {
            if (words[i] != null) {
                int slot = slot(grownWords, grownHashes, hashes[i], words[i], 0, words[i].length);
                grownWords[slot] = words[i];
                grownHashes[slot] = hashes[i];
                grownIds[slot] = ids[i];
            }
        }
        words = grownWords;
        hashes = grownHashes;
        ids = grownIds;
    }

    /** Where the word is, or the empty slot where it belongs (linear probing). */
    private static int slot(
            byte[][] words, int[] hashes, int hash, byte[] text, int start, int end) {
        int mask = words.length - 1;
        int slot = (hash ^ hash >>> 15) & mask;
        while (words[slot] != null
                && (hashes[slot] != hash
                        || !Arrays.equals(words[slot], 0, words[slot].length, text, start, end))) {
            slot = slot + 1 & mask;
        }
        return slot;
    }
}
