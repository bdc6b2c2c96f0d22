package io.retcon.indexer.bm25;

import static org.assertj.core.api.Assertions.assertThat;

import io.retcon.schemas.testing.SeededTest;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.LongSupplier;

class BestFirstTest {
    private record Row(int document, long sum) {}

    @SeededTest(tries = 200)
    void theBestComeFirstAndTiesInDocumentOrder(Random random) {
        // Given
        List<LongSupplier> kinds =
                List.of(
                        () -> random.nextLong() >>> 1,
                        () -> 1 + random.nextInt(5),
                        () -> 1L << random.nextInt(62),
                        () -> (1L << 45) + random.nextInt(100));
        var sum = kinds.get(random.nextInt(kinds.size()));
        var rows = new ArrayList<Row>();
        for (int document = random.nextInt(5000); document > 0; document--) {
            rows.add(new Row(document, sum.getAsLong()));
        }
        Collections.shuffle(rows, random);
        var documents = rows.stream().mapToInt(Row::document).toArray();
        var sums = rows.stream().mapToLong(Row::sum).toArray();
        int wanted = random.nextInt(rows.size() + 1);
        // When
        new BestFirst().sort(documents, sums, documents.length, wanted);
        // Then
        rows.sort(Comparator.comparingLong(Row::sum).reversed().thenComparing(Row::document));
        var found = new ArrayList<Row>();
        for (int i = 0; i < documents.length; i++) {
            found.add(new Row(documents[i], sums[i]));
        }
        assertThat(found.subList(0, wanted)).isEqualTo(rows.subList(0, wanted));
        assertThat(found).containsExactlyInAnyOrderElementsOf(rows);
    }
}
