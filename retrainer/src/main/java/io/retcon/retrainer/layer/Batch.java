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

    /**
     * Texts one after the other, each seeing only itself, or of itself only the part that a token
     * is in. Positions count through the whole text: rotated attention sees distances alone.
     *
     * @param starts for each text where its parts begin, 0 first, rising
     */
    public static Batch ofTexts(List<int[]> texts, List<int[]> starts) {
        int rows = texts.stream().mapToInt(text -> text.length).sum();
        var tokens = new int[rows];
        var positions = new int[rows];
        var passages = new ArrayList<Passage>();
        int row = 0;
        for (int t = 0; t < texts.size(); t++) {
            int[] text = texts.get(t);
            int[] parts = starts.get(t);
            for (int p = 0; p < parts.length; p++) {
                int end = p + 1 < parts.length ? parts[p + 1] : text.length;
                passages.add(Passage.of(row + parts[p], end - parts[p]));
            }
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
