package io.retcon.indexer.bm25;

import static org.assertj.core.api.Assertions.assertThat;

import io.retcon.schemas.testing.SeededTest;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** What is asked besides, in which order, and where documents lie changes no bit of a ranking. */
class RankingsTest {
    private static final Bm25 BM25 = new Bm25();

    /** Some documents of a window, by their places in all of them; the numbers have gaps. */
    private record Part(List<String> texts, int[] places, QueryWords queries)
            implements IndexedDocuments {
        @Override
        public int[] numbers() {
            var numbers = new int[2 * places.length];
            Arrays.setAll(numbers, i -> i % 2 == 0 ? NONE : places[i / 2]);
            return numbers;
        }

        @Override
        public int[] lengths() {
            var lengths = new int[2 * places.length];
            Arrays.setAll(lengths, i -> i % 2 == 0 ? 0 : words(places[i / 2]).size());
            return lengths;
        }

        @Override
        public Postings postings(int word) {
            var postings = new Postings();
            var spelled = new String(queries.word(word), StandardCharsets.UTF_8);
            for (int i = 0; i < places.length; i++) {
                int frequency = Collections.frequency(words(places[i]), spelled);
                if (frequency > 0) {
                    postings.add(2 * i + 1, frequency);
                }
            }
            return postings;
        }

        private List<String> words(int place) {
            return texts.get(place).isEmpty() ? List.of() : List.of(texts.get(place).split(" "));
        }
    }

    @SeededTest(tries = 300)
    void batchesDoNotMatter(Random random) {
        // Given
        var texts = texts(random, random.nextInt(400), 12);
        var queries = texts(random, 1 + random.nextInt(30), 8);
        int k = 1 + random.nextInt(texts.size() + 10);
        var asked = random.ints(40, 0, queries.size()).toArray();
        var some = IntStream.of(asked).mapToObj(queries::get).toList();
        // When
        var ofAll = index(texts, queries).scorer().rankings(k);
        var ofSome = index(texts, some).scorer().rankings(k);
        // Then
        for (int i = 0; i < asked.length; i++) {
            var alone = index(texts, List.of(queries.get(asked[i]))).scorer().rankings(k).of(0);
            assertSame(ofAll.of(asked[i]), alone);
            assertSame(ofSome.of(i), alone);
        }
    }

    @SeededTest(tries = 300)
    void partsDoNotMatter(Random random) {
        // Given
        var texts = texts(random, random.nextInt(200), 12);
        var queries = texts(random, 1 + random.nextInt(10), 8);
        int k = 1 + random.nextInt(texts.size() + 10);
        var words = new QueryWords(BM25.tokenization(), queries);
        int count = 1 + random.nextInt(4);
        var parts = new ArrayList<Part>();
        for (int part = 0; part < count; part++) {
            int number = part;
            int[] places =
                    IntStream.range(0, texts.size()).filter(i -> i % count == number).toArray();
            parts.add(new Part(texts, places, words));
        }
        // When
        var ofParts = new Bm25Scorer(BM25, words, parts).rankings(k);
        var ofWhole = index(texts, queries).scorer().rankings(k);
        // Then
        for (int query = 0; query < queries.size(); query++) {
            assertSame(ofParts.of(query), ofWhole.of(query));
        }
    }

    @SeededTest(tries = 50)
    void moreScoreThanADoubleHoldsIsRoundedOnce(Random random) {
        // Given
        var texts = texts(random, 50 + random.nextInt(100), 12);
        for (int i = 0; i < 5; i++) {
            texts.set(random.nextInt(50), "rare " + texts.get(random.nextInt(50)));
        }
        var query = "rare ".repeat(9000) + String.join(" ", texts(random, 100, 20));
        var other = query + " " + String.join(" ", texts(random, 10, 8));
        int k = 1 + random.nextInt(texts.size());
        // When
        var together = index(texts, List.of(other, query, query)).scorer().rankings(k);
        var alone = index(texts, List.of(query)).scorer().rankings(k);
        var whole = index(texts, List.of(query)).scorer().rankings(texts.size()).of(0);
        // Then
        assertThat(whole.scores()[0]).isGreaterThan(0x1p13);
        assertSame(together.of(2), alone.of(0));
        assertThat(alone.of(0).documents())
                .containsExactly(Arrays.copyOf(whole.documents(), alone.of(0).documents().length));
        for (int rank = 1; rank < whole.scores().length; rank++) {
            double above = whole.scores()[rank - 1];
            assertThat(whole.scores()[rank]).isLessThanOrEqualTo(above);
            if (whole.scores()[rank] == above) {
                assertThat(whole.documents()[rank]).isGreaterThan(whole.documents()[rank - 1]);
            }
        }
    }

    private static void assertSame(Ranking found, Ranking expected) {
        assertThat(found.documents()).containsExactly(expected.documents());
        assertThat(found.scores()).containsExactly(expected.scores());
    }

    private static Bm25Index index(List<String> texts, List<String> queries) {
        var index = new Bm25Index(BM25, queries);
        texts.forEach(text -> index.add(text.getBytes(StandardCharsets.UTF_8)));
        return index;
    }

    /** Words from aa to zz, the first far more often, so that texts share words and tie. */
    private static List<String> texts(Random random, int count, int words) {
        int letters = 1 + random.nextInt(26);
        var texts = new ArrayList<String>();
        for (int i = 0; i < count; i++) {
            var text = new ArrayList<String>();
            for (int j = random.nextInt(words); j > 0; j--) {
                char letter = (char) ('a' + random.nextInt(1 + random.nextInt(letters)));
                text.add("" + letter + letter);
            }
            texts.add(String.join(" ", text));
        }
        return texts;
    }
}
