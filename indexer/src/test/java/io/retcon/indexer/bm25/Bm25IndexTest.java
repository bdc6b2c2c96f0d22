package io.retcon.indexer.bm25;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

class Bm25IndexTest {
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}_]{2,}");
    private static final Set<String> STOP =
            Set.of(
                    ("a an and are as at be but by for if in into is it no not of on or such that"
                                    + " the their then there these they this to was will with")
                            .split(" "));
    private static final List<String> PIECES =
            List.of(
                    "ab",
                    "cd",
                    "Ab",
                    "CD",
                    "ef",
                    "the",
                    "The",
                    "x",
                    "_y",
                    "1é",
                    "ÉÉ",
                    "éé",
                    "İi",
                    "ΣΑΣ",
                    "σας",
                    "😀",
                    "x\u0301y",
                    "²³",
                    "日本",
                    "a",
                    " ",
                    "-",
                    ",");

    /** Weights are multiples of a part of this, so that scores are the same in any order. */
    private static final double GRID = 0x1p40;

    private record Hit(int document, double score) {}

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 1000})
    void rankingsEqualTheFormula(int k) {
        for (int seed = 0; seed < 100; seed++) {
            // Given
            var random = new Random(seed);
            var texts = randomTexts(random, random.nextInt(60), 30);
            var queries = randomTexts(random, 3, 6);
            // When
            var index = new Bm25Index(new Bm25(1.2, 0.6, Tokenization.CONTENT_WORDS), queries);
            texts.forEach(text -> index.add(text.getBytes(StandardCharsets.UTF_8)));
            var rankings = index.scorer().rankings(k);
            // Then
            for (int query = 0; query < queries.size(); query++) {
                assertSame(rankings.of(query), slowly(queries.get(query), texts, k), seed);
            }
        }
    }

    @Test
    void tiesKeepDocumentOrder() {
        // Given
        int documents = 100_000;
        var index = new Bm25Index(new Bm25(), List.of("word"));
        for (int i = 0; i < documents; i++) {
            index.add((i % 3 == 0 ? "word" : "none").getBytes(StandardCharsets.UTF_8));
        }
        // When
        var best = index.scorer().rankings(20_000).of(0);
        // Then
        assertThat(best.documents())
                .containsExactly(IntStream.range(0, 20_000).map(i -> 3 * i).toArray());
    }

    private static void assertSame(Ranking found, List<Hit> expected, int seed) {
        assertThat(found.documents())
                .as("seed %d", seed)
                .containsExactly(expected.stream().mapToInt(Hit::document).toArray());
        assertThat(found.scores())
                .as("seed %d", seed)
                .containsExactly(expected.stream().mapToDouble(Hit::score).toArray());
    }

    private static List<Hit> slowly(String query, List<String> texts, int k) {
        var documents = texts.stream().map(Bm25IndexTest::words).toList();
        double average = documents.stream().mapToInt(List::size).average().orElse(0);
        var hits = new ArrayList<Hit>();
        for (int i = 0; i < documents.size(); i++) {
            double score = 0;
            for (var word : words(query)) {
                long n = documents.stream().filter(d -> d.contains(word)).count();
                double idf = Math.log(1 + (documents.size() - n + 0.5) / (n + 0.5));
                int tf = Collections.frequency(documents.get(i), word);
                double norm = 1.2 * (1 - 0.6 + 0.6 * documents.get(i).size() / average);
                score += Math.floor(idf * tf / (tf + norm) * GRID + 0.5) / GRID;
            }
            if (score > 0) {
                hits.add(new Hit(i, score));
            }
        }
        return ranked(hits, k);
    }

    private static List<Hit> ranked(List<Hit> hits, int k) {
        return hits.stream()
                .sorted(
                        Comparator.comparingDouble(Hit::score)
                                .reversed()
                                .thenComparingInt(Hit::document))
                .limit(k)
                .toList();
    }

    private static List<String> words(String text) {
        return WORD.matcher(SpelledLowerCase.of(text))
                .results()
                .map(match -> match.group())
                .filter(word -> word.codePointCount(0, word.length()) > 1)
                .filter(word -> !STOP.contains(word))
                .toList();
    }

    private static List<String> randomTexts(Random random, int count, int pieces) {
        var texts = new ArrayList<String>();
        for (int i = 0; i < count; i++) {
            var text = new StringBuilder();
            for (int j = random.nextInt(pieces); j >= 0; j--) {
                text.append(PIECES.get(random.nextInt(PIECES.size())));
                text.append(random.nextBoolean() ? " " : "");
            }
            texts.add(text.toString());
        }
        return texts;
    }
}
