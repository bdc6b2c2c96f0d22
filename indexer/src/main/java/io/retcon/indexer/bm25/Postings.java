package io.retcon.indexer.bm25;

import java.util.Arrays;

/** The documents that hold one word, ascending, and how often; later, what each adds to a score. */
final class Postings {
    private int[] documents = new int[4];
    private int[] frequencies = new int[4];
    private double[] weights;
    private int size;

    void add(int document, int frequency) {
        if (size == documents.length) {
            documents = Arrays.copyOf(documents, size + (size >> 1) + 4);
            frequencies = Arrays.copyOf(frequencies, documents.length);
        }
        documents[size] = document;
        frequencies[size++] = frequency;
    }

    int size() {
        return size;
    }

    int document(int posting) {
        return documents[posting];
    }

    double weight(int posting) {
        return weights[posting];
    }

    /**
     * Turns frequencies into weights: idf · tf / (tf + norm of the document). No posting comes
     * after this.
     */
    void weigh(double idf, double[] norms) {
        weights = new double[size];
        for (int i = 0; i < size; i++) {
            weights[i] = idf * frequencies[i] / (frequencies[i] + norms[documents[i]]);
        }
        frequencies = new int[0];
    }
}
