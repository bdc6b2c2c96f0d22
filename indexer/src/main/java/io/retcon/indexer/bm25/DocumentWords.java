package io.retcon.indexer.bm25;

import java.util.Arrays;

/**
 * The distinct words of one document, each with how often it is there, in the order of their first
 * occurrence. Used again for every document; not thread-safe.
 */
public final class DocumentWords {
    private static final int FREE = -1;

    private final Words words = new Words();
    private final Vocabulary stopWords = new Vocabulary(Tokenization.CONTENT_WORDS);
    private int[] slots = new int[1 << 10];
    private int[] slotOf = new int[1 << 8];
    private int[] starts = new int[1 << 8];
    private int[] ends = new int[1 << 8];
    private long[] keys = new long[1 << 8];
    private int[] hashes = new int[1 << 8];
    private int[] frequencies = new int[1 << 8];
    private int distinct;
    private int all;
    private int stops;

    public DocumentWords() {
        Arrays.fill(slots, FREE);
    }

    /** Takes a document, in UTF-8. */
    public void read(byte[] text) {
        for (int word = 0; word < distinct; word++) {
            slots[slotOf[word]] = FREE;
        }
        distinct = 0;
        all = 0;
        stops = 0;
        words.read(text);
        while (words.next()) {
            int word = place(words.hash()); // First, as it may grow the table.
            frequencies[word]++;
            all++;
        }
        for (int word = 0; word < distinct; word++) {
            words.moveTo(starts[word], ends[word]);
            stops += stopWords.idOf(words) == Vocabulary.STOP ? frequencies[word] : 0;
        }
    }

    /** How many words that count it has, repeats included. */
    public int length(Tokenization tokenization) {
        return tokenization == Tokenization.WORDS ? all : all - stops;
    }

    /** How many distinct words, stop words among them. */
    public int distinct() {
        return distinct;
    }

    public int frequency(int word) {
        return frequencies[word];
    }

    /** All words lie in it, from {@link #start} to before {@link #end}; not to be changed. */
    public byte[] text() {
        return words.text();
    }

    public int start(int word) {
        return starts[word];
    }

    public int end(int word) {
        return ends[word];
    }

    /** The word at hand among the distinct ones; it is added if it is new. */
    private int place(int hash) {
        int slot = slot(hash);
        if (slots[slot] != FREE) {
            return slots[slot];
        }
        if (distinct == starts.length) {
            grow();
            slot = slot(hash);
        }
        slots[slot] = distinct;
        slotOf[distinct] = slot;
        starts[distinct] = words.start();
        ends[distinct] = words.end();
        keys[distinct] = words.key();
        hashes[distinct] = hash;
        frequencies[distinct] = 0;
        return distinct++;
    }

    /** Where the word at hand is, or the free slot where it belongs (linear probing). */
    private int slot(int hash) {
        long key = words.key();
        int slot = hash & slots.length - 1;
        while (slots[slot] != FREE && !isAt(slots[slot], key)) {
            slot = slot + 1 & slots.length - 1;
        }
        return slot;
    }

    private boolean isAt(int word, long key) {
        return keys[word] == key
                && ends[word] - starts[word] == words.length()
                && words.endsLike(starts[word]);
    }

    /** Keeps four slots a word. */
    private void grow() {
        int room = 2 * distinct;
        slotOf = Arrays.copyOf(slotOf, room);
        starts = Arrays.copyOf(starts, room);
        ends = Arrays.copyOf(ends, room);
        keys = Arrays.copyOf(keys, room);
        hashes = Arrays.copyOf(hashes, room);
        frequencies = Arrays.copyOf(frequencies, room);
        slots = new int[4 * room];
        Arrays.fill(slots, FREE);
        for (int word = 0; word < distinct; word++) {
            int slot = hashes[word] & slots.length - 1;
            while (slots[slot] != FREE) {
                slot = slot + 1 & slots.length - 1;
            }
            slots[slot] = word;
            slotOf[word] = slot;
        }
    }
}
