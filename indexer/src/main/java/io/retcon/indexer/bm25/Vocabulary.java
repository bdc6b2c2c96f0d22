package io.retcon.indexer.bm25;

import java.nio.charset.StandardCharsets;

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
    private long[] keys = new long[1 << 10];
    private int[] hashes = new int[1 << 10];
    private int[] ids = new int[1 << 10];
    private int entries;
    private int size;

    Vocabulary(Tokenization tokenization) {
        if (tokenization == Tokenization.WORDS) {
            return;
        }
        var stop = new Words();
        stop.read(STOP_WORDS.getBytes(StandardCharsets.UTF_8));
        while (stop.next()) {
            put(stop, STOP);
        }
    }

    int idOf(Words word) {
        int slot = slot(word);
        return words[slot] == null ? UNKNOWN : ids[slot];
    }

    /** The word's id, a fresh one if it has none. */
    int add(Words word) {
        int known = idOf(word);
        return known == UNKNOWN ? put(word, size++) : known;
    }

    private int put(Words word, int id) {
        if (4 * entries > words.length) {
            grow();
        }
        int slot = slot(word);
        words[slot] = word.copy();
        keys[slot] = word.key();
        hashes[slot] = word.hash();
        ids[slot] = id;
        entries++;
        return id;
    }

    /** Where the word is, or the empty slot where it belongs (linear probing). */
    private int slot(Words word) {
        long key = word.key();
        int slot = home(word.hash());
        while (words[slot] != null
                && (keys[slot] != key
                        || words[slot].length != word.length()
                        || !word.endsLike(words[slot]))) {
            slot = after(slot);
        }
        return slot;
    }

    private void grow() {
        var oldWords = words;
        var oldKeys = keys;
        var oldHashes = hashes;
        var oldIds = ids;
        words = new byte[2 * oldWords.length][];
        keys = new long[words.length];
        hashes = new int[words.length];
        ids = new int[words.length];
        for (int i = 0; i < oldWords.length; i++) {
            if (oldWords[i] != null) {
                int slot = home(oldHashes[i]);
                while (words[slot] != null) {
                    slot = after(slot);
                }
                words[slot] = oldWords[i];
                keys[slot] = oldKeys[i];
                hashes[slot] = oldHashes[i];
                ids[slot] = oldIds[i];
            }
        }
    }

    private int home(int hash) {
        return hash & words.length - 1;
    }

    private int after(int slot) {
        return slot + 1 & words.length - 1;
    }
}
