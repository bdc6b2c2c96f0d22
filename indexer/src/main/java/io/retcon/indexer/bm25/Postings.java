package io.retcon.indexer.bm25;

import java.util.Arrays;

/** The documents of a part that hold one word, ascending, and how often. */
public final class Postings {
    private int[] documents;
    private int[] frequencies;
    private int size;

    public Postings() {
        this(4);
    }

    /**
     * @param expected how many documents are expected
     */
    public Postings(int expected) {
        documents = new int[expected];
        frequencies = new int[expected];
    }

    public void add(int document, int frequency) {
        if (size == documents.length) {
            documents = Arrays.copyOf(documents, size + (size >> 1) + 4);
            frequencies = Arrays.copyOf(frequencies, documents.length);
        }
        documents[size] = document;
        frequencies[size++] = frequency;
    }

    /**
     * Adds the first {@code count} of a block.
     *
     * @param base added to each of {@code documents}
     * @param frequencies whole numbers
     */
    public void add(int[] documents, float[] frequencies, int count, int base) {
        if (size + count > this.documents.length) {
            int room = Math.max(size + count, size + (size >> 1));
            this.documents = Arrays.copyOf(this.documents, room);
            this.frequencies = Arrays.copyOf(this.frequencies, room);
        }
        for (int i = 0; i < count; i++) {
            this.documents[size + i] = base + documents[i];
            this.frequencies[size + i] = (int) frequencies[i];
        }
        size += count;
    }

    int size() {
        return size;
    }

    /**
     * Puts what the word adds to each document, idf · tf / (tf + norm of the document), into {@code
     * weights} from place {@code at} on.
     */
    void weigh(double idf, double[] norms, long[] weights, int at) {
        for (int i = 0; i < size; i++) {
            double weight = idf * frequencies[i] / (frequencies[i] + norms[documents[i]]);
            weights[at + i] = ExactScores.units(weight);
        }
    }

    /**
     * Puts the documents into {@code into} from place {@code at} on, and empties these postings, so
     * that both are not held at once.
     *
     * @param numbers of the part's documents in the window
     * @return the place after the last
     */
    int moveTo(int[] numbers, int[] into, int at) {
        for (int i = 0; i < size; i++) {
            into[at + i] = numbers[documents[i]];
        }
        int to = at + size;
        documents = new int[0];
        frequencies = new int[0];
        size = 0;
        return to;
    }
}
