package io.retcon.retrainer.layer;

import io.retcon.retrainer.kernels.Passage;

import java.util.ArrayList;
import java.util.List;

/**
 * The rows of one pass through a network: the token and position of each, and which rows see each
 * other.
 */
public record Batch(int[] tokens, int[] positions, List<Passage> passages) {
    public Batch {
        passages = List.copyOf(passages);
        if (tokens.length != positions.length
                || tokens.length != passages.stream().mapToInt(Passage::rows).sum()) {
            throw new IllegalArgumentException("tokens, positions and passages differ in rows");
        }
    }

    /** Texts one after the other, each seeing only itself. */
    public static Batch ofTexts(List<int[]> texts) {
        int rows = texts.stream().mapToInt(text -> text.length).sum();
        var tokens = new int[rows];
        var positions = new int[rows];
        var passages = new ArrayList<Passage>();
        int row = 0;
        for (int[] text : texts) {
            passages.add(Passage.of(row, text.length));
            for (int i = 0; i < text.length; i++) {
                tokens[row] = text[i];
                positions[row++] = i;
            }
        }
        return new Batch(tokens, positions, passages);
    }

    public int rows() {
        return tokens.length;
    }
}
