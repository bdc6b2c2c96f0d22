package io.retcon.indexer.bm25;

import static org.assertj.core.api.Assertions.assertThat;

import io.retcon.schemas.testing.SeededTest;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

class DocumentWordsTest {
    private final DocumentWords words = new DocumentWords();

    @SeededTest(tries = 100)
    void countsEqualTheObviousOnesFromDocumentToDocument(Random random) {
        for (int document = 0; document < 3; document++) {
            // Given
            int distinct = 1 + random.nextInt(random.nextBoolean() ? 10 : 3000);
            var text =
                    random.ints(random.nextInt(5000), 0, distinct)
                            .mapToObj(i -> i == 0 ? "the" : i == 1 ? "and" : "wörd" + i)
                            .toList();
            // When
            words.read(String.join(" ", text).getBytes(StandardCharsets.UTF_8));
            // Then
            var counts = new LinkedHashMap<String, Integer>();
            text.forEach(word -> counts.merge(word, 1, Integer::sum));
            int stops = counts.getOrDefault("the", 0) + counts.getOrDefault("and", 0);
            assertThat(found()).isEqualTo(counts);
            assertThat(found().keySet()).containsExactlyElementsOf(counts.keySet());
            assertThat(words.length(Tokenization.WORDS)).isEqualTo(text.size());
            assertThat(words.length(Tokenization.CONTENT_WORDS)).isEqualTo(text.size() - stops);
        }
    }

    private Map<String, Integer> found() {
        var found = new LinkedHashMap<String, Integer>();
        for (int i = 0; i < words.distinct(); i++) {
            var bytes = Arrays.copyOfRange(words.text(), words.start(i), words.end(i));
            found.put(new String(bytes, StandardCharsets.UTF_8), words.frequency(i));
        }
        return found;
    }
}
