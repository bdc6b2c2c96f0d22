package io.retcon.indexer.bm25;

import static org.assertj.core.api.Assertions.assertThat;

import io.retcon.schemas.testing.SeededTest;

import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;

class ScoreOrderTest {
    private final ScoreOrder order = new ScoreOrder();

    private record Hit(int document, double score) {}

    @SeededTest(tries = 200)
    void equalsSortingByComparison(Random random) {
        // Given
        int size = 1 + random.nextInt(3000);
        int most = random.nextBoolean() ? 10_000 : Integer.MAX_VALUE;
        int[] documents = random.ints(0, most).distinct().limit(size).toArray();
        boolean many = random.nextBoolean();
        double[] scores =
                random.doubles(size, -1, 1)
                        .map(score -> many ? score : Math.rint(3 * score) / 3)
                        .toArray();
        var expected =
                IntStream.range(0, size)
                        .mapToObj(i -> new Hit(documents[i], scores[i] + 0.0))
                        .sorted(
                                Comparator.comparingDouble(Hit::score)
                                        .reversed()
                                        .thenComparingInt(Hit::document))
                        .toList();
        // When
        order.sort(documents, scores, size);
        // Then
        assertThat(
                        IntStream.range(0, size)
                                .mapToObj(i -> new Hit(documents[i], scores[i]))
                                .toList())
                .isEqualTo(expected);
    }
}
