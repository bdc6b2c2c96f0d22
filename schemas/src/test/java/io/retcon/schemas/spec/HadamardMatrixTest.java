package io.retcon.schemas.spec;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.stream.IntStream;

class HadamardMatrixTest {
    @Test
    void columnsAreOrthogonalAndBalanced() {
        for (int order = 1; order <= 64; order++) {
            var matrix = HadamardMatrix.of(order);
            if (matrix.isEmpty()) {
                continue;
            }
            var signs = matrix.get().signs();
            assertThat(signs).as("order %d", order).hasDimensions(order, order);
            for (int a = 0; a < order; a++) {
                for (int b = 0; b < order; b++) {
                    int left = a;
                    int right = b;
                    assertThat(
                                    IntStream.range(0, signs.length)
                                            .map(row -> signs[row][left] * signs[row][right])
                                            .sum())
                            .as("columns %d and %d of order %d", a, b, order)
                            .isEqualTo(a == b ? order : 0);
                }
                assertThat(signs[a][0]).isEqualTo(1);
                assertThat(signs[0][a]).isEqualTo(1);
            }
        }
    }

    @Test
    void everyOrderButOneIsMade() {
        // When
        var missing =
                IntStream.rangeClosed(1, 16)
                        .map(quarter -> 4 * quarter)
                        .filter(order -> HadamardMatrix.of(order).isEmpty())
                        .boxed()
                        .toList();
        // Then
        assertThat(missing).isEqualTo(List.of(52));
    }
}
