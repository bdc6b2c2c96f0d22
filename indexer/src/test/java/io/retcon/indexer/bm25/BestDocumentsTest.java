package io.retcon.indexer.bm25;

import static org.assertj.core.api.Assertions.assertThat;

import io.retcon.schemas.testing.SeededTest;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleSupplier;

class BestDocumentsTest {
    private record Row(int document, double score) {}

    @SeededTest(tries = 500)
    void theBestComeFirstAndTiesInDocumentOrder(Random random) {
        // Given
        List<DoubleSupplier> kinds =
                List.of(
                        random::nextGaussian,
                        () -> random.nextInt(5) - 2,
                        () -> 1 + random.nextInt(100) * 1e-12,
                        () -> random.nextBoolean() ? 0.0 : -0.0);
        var score = kinds.get(random.nextInt(kinds.size()));
        var rows = new ArrayList<Row>();
        for (int document = random.nextInt(3000); document >= 0; document--) {
            rows.add(new Row(document, score.getAsDouble()));
        }
        Collections.shuffle(rows, random);
        int k = 1 + random.nextInt(2500);
        var best = new BestDocuments(k);
        // When
        rows.forEach(row -> best.offer(row.document(), row.score()));
        best.sort(new ScoreOrder());
        // Then
        rows.sort(
                Comparator.comparingDouble((Row row) -> row.score() + 0.0)
                        .reversed()
                        .thenComparing(Row::document));
        assertThat(best.documents(best.size()))
                .containsExactly(rows.stream().limit(k).mapToInt(Row::document).toArray());
        assertThat(best.scores(best.size())).hasSize(Math.min(k, rows.size()));
    }
}
