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

    /** Two a slot, side by side so that a look-up misses the cache once. */
    private static final int SLOT = 2;

    /** Added to an id, so that what stands in a slot that is taken is never 0. */
    private static final int TAKEN = 3;

    /** A slot's key, {@link Words#key}, then the word's length and its id. */
    private long[] slots = new long[SLOT << 10];

    /** The words that are longer than their keys. */
    private byte[][] longWords = new byte[1 << 10][];

    private int[] hashes = new int[1 << 10];

    /** A bit for the highest bits of each hash that a word has. */
    private long[] filter = new long[1 << 10 >> 3];

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
        int taken = (int) slots[SLOT * slot(word) + 1];
        return taken == 0 ? UNKNOWN : taken - TAKEN;
    }

    /**
     * Finds the words of a text that may be known, without branches that no processor can foretell.
     *
     * @param into gets their places in the text; has room for all
     * @return how many there are
     */
    int sift(Words text, int[] into) {
        int shift = filterShift();
        int found = 0;
        for (int word = 0; word < text.count(); word++) {
            text.moveTo(word);
            int bit = text.hash() >>> shift;
            into[found] = word;
            found += (int) (filter[bit >>> 6] >>> bit) & 1;
        }
        return found;
    }

    /** The word's id, a fresh one if it has none. */
    int add(Words word) {
        int known = idOf(word);
        return known == UNKNOWN ? put(word, size++) : known;
    }

    private int put(Words word, int id) {
        if (3 * entries > hashes.length) {
            grow();
        }
        int slot = slot(word);
        slots[SLOT * slot] = word.key();
        slots[SLOT * slot + 1] = (long) word.length() << Integer.SIZE | id + TAKEN;
        longWords[slot] = word.length() > Long.BYTES ? word.copy() : null;
        hashes[slot] = word.hash();
        note(hashes[slot]);
        entries++;
        return id;
    }

    /** Where the word is, or the empty slot where it belongs (linear probing). */
    private int slot(Words word) {
        long key = word.key();
        int length = word.length();
        int mask = slots.length / SLOT - 1;
        int slot = word.hash() & mask;
        while (true) {
            long there = slots[SLOT * slot + 1];
            if (there == 0
                    || slots[SLOT * slot] == key
                            && (int) (there >>> Integer.SIZE) == length
                            && (length <= Long.BYTES || word.endsLike(longWords[slot]))) {
                return slot;
            }
            slot = slot + 1 & mask;
        }
    }

    private void grow() {
        long[] oldSlots = slots;
        byte[][] oldWords = longWords;
        int[] oldHashes = hashes;
        int count = 2 * oldHashes.length;
        slots = new long[SLOT * count];
        longWords = new byte[count][];
        hashes = new int[count];
        filter = new long[count >> 3];
        for (int i = 0; i < oldHashes.length; i++) {
            if (oldSlots[SLOT * i + 1] != 0) {
                int slot = oldHashes[i] & count - 1;
                while (slots[SLOT * slot + 1] != 0) {
                    slot = slot + 1 & count - 1;
                }
                System.arraycopy(oldSlots, SLOT * i, slots, SLOT * slot, SLOT);
                longWords[slot] = oldWords[i];
                hashes[slot] = oldHashes[i];
                note(oldHashes[i]);
            }
        }
    }

    private void note(int hash) {
        int bit = hash >>> filterShift();
        filter[bit >>> 6] |= 1L << bit;
    }

    /** Leaves as many bits of a hash as number the filter's. */
    private int filterShift() {
        return Integer.numberOfLeadingZeros(filter.length) + 1 - 6;
    }
}
