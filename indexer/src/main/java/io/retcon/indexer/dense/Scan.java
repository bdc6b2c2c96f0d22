package io.retcon.indexer.dense;

import static io.retcon.indexer.dense.InnerProducts.ROWS;
import static io.retcon.indexer.dense.InnerProducts.WIDTH;

import io.retcon.indexer.bm25.BestDocuments;
import io.retcon.indexer.bm25.ScoreOrder;

import java.util.List;
import java.util.stream.Stream;

/** One thread's questions and what is nearest to them in what was read so far. Not thread-safe. */
final class Scan {
    /** Of vectors at a time: they stay in the second-level cache. */
    private static final int BLOCK_BYTES = 1 << 19;

    private final InnerProducts products;
    private final BestDocuments[] best;
    private final double threshold;
    private final long most;
    private final float[][] panels;
    private final float[] rows;
    private final float[] scores = new float[ROWS * WIDTH];

    /**
     * @param most documents in all rankings together
     */
    Scan(List<float[]> questions, int dimension, Nearest nearest, long most) {
        this.most = most;
        products = new InnerProducts(questions, dimension);
        best = new BestDocuments[questions.size()];
        for (int question = 0; question < best.length; question++) {
            best[question] = new BestDocuments(nearest.k());
        }
        threshold = nearest.threshold();
        int count = Math.max(1, BLOCK_BYTES / (dimension * Float.BYTES * WIDTH));
        panels = new float[count][WIDTH * dimension];
        rows = new float[count * WIDTH * dimension];
    }

    /** Whether the rankings are still within the bound; if not, they are of no use. */
    boolean read(Part<?> part) {
        int documents = part.vectors().documents();
        int step = panels.length * WIDTH;
        for (int first = 0; first < documents; first += step) {
            int count = Math.min(step, documents - first);
            part.vectors().read(first, count, rows);
            for (int from = 0; from < count; from += WIDTH) {
                products.pack(rows, from, Math.min(WIDTH, count - from), panels[from / WIDTH]);
            }
            for (int tile = 0; tile < products.tiles(); tile++) {
                for (int from = 0; from < count; from += WIDTH) {
                    products.of(tile, panels[from / WIDTH], scores);
                    offer(tile, part, first + from, Math.min(WIDTH, count - from));
                }
            }
            if (Stream.of(best).mapToLong(BestDocuments::size).sum() > most) {
                return false;
            }
        }
        return true;
    }

    private void offer(int tile, Part<?> part, int first, int count) {
        for (int row = 0; row < ROWS && tile * ROWS + row < best.length; row++) {
            var ranking = best[tile * ROWS + row];
            double least = Math.max(threshold, ranking.least());
            // Most often none is good enough, and one comparison says so.
            if (!InnerProducts.anyReaches(atMost(least), scores, row)) {
                continue;
            }
            for (int j = 0; j < count; j++) {
                float score = scores[row * WIDTH + j];
                if (score >= least) {
                    ranking.offer(part.number().applyAsInt(first + j), score);
                }
            }
        }
    }

    private static float atMost(double least) {
        float rounded = (float) least;
        return rounded > least ? Math.nextDown(rounded) : rounded;
    }

    /** What was found, a ranking a question. */
    List<BestDocuments> best() {
        var order = new ScoreOrder();
        for (var ranking : best) {
            ranking.sort(order);
        }
        return List.of(best);
    }
}
