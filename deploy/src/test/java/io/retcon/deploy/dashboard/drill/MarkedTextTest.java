package io.retcon.deploy.dashboard.drill;

import static org.assertj.core.api.Assertions.assertThat;

import io.retcon.schemas.record.Item;
import io.retcon.schemas.spec.Bm25Spec;
import io.retcon.schemas.spec.CooccurrenceSpec;
import io.retcon.schemas.spec.GivenSpec;
import io.retcon.schemas.testing.SeededTest;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

class MarkedTextTest {
    private static final String LETTERS = "ab<>&\"' ";

    @Test
    void marksSubjectAndObjectAsTheyAreWritten() {
        // Given
        var lookedFor = MarkedText.lookedFor(item("Ann", "a.b"), CooccurrenceSpec.plain());
        // When
        var marked = MarkedText.of("Ann, Annie and ann: a.b, not axb", lookedFor).toString();
        // Then
        assertThat(marked)
                .isEqualTo(
                        "<p class=\"text\"><mark>Ann</mark>, <mark>Ann</mark>ie and ann:"
                                + " <mark>a.b</mark>, not axb</p>");
    }

    @Test
    void marksWholeWordsOfAQuestionInAnyCase() {
        // Given
        var lookedFor = MarkedText.lookedFor(item("Ann", "Rome"), Bm25Spec.ofBest(1));
        // When
        var marked = MarkedText.of("WHERE is romeo? In Rome.", lookedFor).toString();
        // Then
        assertThat(marked)
                .isEqualTo(
                        "<p class=\"text\"><mark>WHERE</mark> is romeo? In <mark>Rome</mark>.</p>");
    }

    @Test
    void marksNothingWhereNothingStandsInTextsAsSuch() {
        assertThat(
                        MarkedText.lookedFor(
                                item("Ann", "Rome"),
                                new GivenSpec(new TreeMap<>(), null, Optional.empty())))
                .isEmpty();
    }

    @Test
    void ofOverlappingMarksTheFirstAndLongestStays() {
        // Given
        var lookedFor = List.of(Pattern.compile("New York City"), Pattern.compile("York"));
        // When
        var marked = MarkedText.of("New York City", lookedFor).toString();
        // Then
        assertThat(marked).isEqualTo("<p class=\"text\"><mark>New York City</mark></p>");
    }

    /** Whatever stands in a text and whatever is looked for, the text comes back and no more. */
    @SeededTest(tries = 300)
    void changesNoCharacterAndMakesNoMarkup(Random random) {
        // Given
        var text = text(random, 40);
        var lookedFor =
                List.of(
                        Pattern.compile(Pattern.quote(text(random, 2) + "a")),
                        Pattern.compile(Pattern.quote("<")));
        // When
        var marked = MarkedText.of(text, lookedFor).toString();
        // Then
        var within = marked.replaceAll("^<p class=\"text\">|</p>$|</?mark>", "");
        assertThat(within).doesNotContain("<", ">", "\"", "'");
        assertThat(
                        within.replace("&lt;", "<")
                                .replace("&gt;", ">")
                                .replace("&quot;", "\"")
                                .replace("&#39;", "'")
                                .replace("&amp;", "&"))
                .isEqualTo(text);
    }

    private static String text(Random random, int most) {
        return IntStream.range(0, random.nextInt(most + 1))
                .mapToObj(i -> "" + LETTERS.charAt(random.nextInt(LETTERS.length())))
                .reduce("", String::concat);
    }

    private static Item item(String subject, String object) {
        return Item.newBuilder()
                .setBenchmark("b")
                .setId("i")
                .setQuery("Where?")
                .setChoices(List.of(object, "Oslo"))
                .setGold(0)
                .setSubject(subject)
                .setObject(object)
                .build();
    }
}
