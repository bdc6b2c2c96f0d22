package io.retcon.deploy.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;

class GeneratedDocumentsTest {
    @Test
    void theSameSeedGivesTheSameDocumentsEachTime() {
        // Given
        var documents = new GeneratedDocuments(2500, 30, GeneratedItems.of(50, 7), 7);
        // When
        var first = texts(documents);
        // Then
        assertThat(texts(documents)).isEqualTo(first);
        assertThat(texts(new GeneratedDocuments(2500, 30, GeneratedItems.of(50, 7), 7)))
                .isEqualTo(first);
        assertThat(texts(new GeneratedDocuments(2500, 30, GeneratedItems.of(50, 7), 8)))
                .isNotEqualTo(first);
        assertThat(first).hasSize(2500).doesNotHaveDuplicates();
    }

    @Test
    void theFirstOfThemAreTheSame() {
        // Given
        var documents = new GeneratedDocuments(101, 10, GeneratedItems.of(5, 1), 1);
        // When
        var half = documents.first(50);
        // Then
        assertThat(half.count()).isEqualTo(50);
        assertThat(texts(half)).isEqualTo(texts(documents).subList(0, 50));
    }

    @Test
    void itemsArePlanted() {
        // Given
        var items = GeneratedItems.of(20, 3);
        // When
        var texts = texts(new GeneratedDocuments(1000, 40, items, 3));
        // Then
        assertThat(texts)
                .filteredOn(
                        text ->
                                items.stream()
                                        .anyMatch(
                                                item ->
                                                        text.contains(
                                                                        item.getSubject()
                                                                                .orElseThrow())
                                                                && text.contains(
                                                                        item.getObject()
                                                                                .orElseThrow())))
                .hasSizeBetween(150, 250);
    }

    @Test
    void noTwoWordsAreSpelledAlike() {
        // Given
        var spelled = new HashSet<String>();
        // When
        for (int rank = 1; rank <= 200_000; rank++) {
            var word = new StringBuilder();
            GeneratedWords.append(word, rank);
            spelled.add(word.toString());
        }
        // Then
        assertThat(spelled).hasSize(200_000);
    }

    @Test
    void commonWordsAreDrawnAsZipfSays() {
        // Given
        var random = new SplittableRandom(5);
        var counts = new int[200_001];
        // When
        for (int i = 0; i < 1_000_000; i++) {
            counts[GeneratedWords.draw(random)]++;
        }
        // Then
        assertThat(counts[0]).isZero();
        assertThat((double) counts[1] / counts[10]).isBetween(6.0, 9.0);
    }

    private static List<String> texts(BenchDocuments documents) {
        var texts = new ArrayList<String>();
        documents.forEachBatch(
                batch ->
                        batch.forEach(text -> texts.add(new String(text, StandardCharsets.UTF_8))));
        return texts;
    }
}
