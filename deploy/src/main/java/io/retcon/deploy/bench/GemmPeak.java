package io.retcon.deploy.bench;

import io.retcon.retrainer.kernels.Crew;
import io.retcon.retrainer.kernels.FloatArena;
import io.retcon.retrainer.kernels.Gemm;
import io.retcon.retrainer.kernels.Store;

import java.util.stream.IntStream;

/** How fast the cores multiply matrices when they do nothing else. */
final class GemmPeak {
    private static final int SIZE = 1024;
    private static final int ROUNDS = 5;
    private static final int PRODUCTS = 6;

    private GemmPeak() {}

    /**
     * Operations a second on so many threads at once, each with matrices of its own: the best of a
     * few rounds.
     */
    static double measure(int threads, Clock clock) {
        try (var arena = new FloatArena();
                var crew = new Crew(threads)) {
            var matrices =
                    IntStream.range(0, 3 * threads)
                            .mapToObj(i -> arena.matrix(SIZE, SIZE))
                            .toList();
            double best = 0;
            for (int round = 0; round < ROUNDS; round++) {
                long start = clock.nanos();
                crew.run(
                        threads,
                        t -> {
                            for (int i = 0; i < PRODUCTS; i++) {
                                Gemm.abT(
                                        SIZE,
                                        SIZE,
                                        SIZE,
                                        1,
                                        matrices.get(3 * t),
                                        matrices.get(3 * t + 1),
                                        Store.SET,
                                        matrices.get(3 * t + 2));
                            }
                        });
                double seconds = (clock.nanos() - start) / 1e9;
                best = Math.max(best, 2.0 * SIZE * SIZE * SIZE * PRODUCTS * threads / seconds);
            }
            return best;
        }
    }
}
