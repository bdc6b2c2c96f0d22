package io.retcon.deploy.dashboard.drill;

import static org.assertj.core.api.Assertions.assertThat;

import io.retcon.schemas.testing.SeededTest;

import org.junit.jupiter.api.Test;

import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

class TextDifferenceTest {
    @Test
    void strikesOutWhatWentAndUnderlinesWhatCame() {
        // When
        var difference = TextDifference.of("Ann was born in Rome .", "Ann was born in <Oslo> .");
        // Then
        assertThat(difference)
                .hasToString(
                        "<p class=\"text difference\">Ann was born in <del>Rome </del>"
                                + "<ins>&lt;Oslo&gt; </ins>.</p>");
    }

    @Test
    void leavesOutWhatStaysFarFromAChange() {
        // Given
        var many = words(new Random(1), 500, 400);
        // When
        var difference = TextDifference.of(many + " old", many + " new").toString();
        // Then
        assertThat(difference)
                .contains("words stay", "<del>old</del>", "<ins>new</ins>")
                .hasSizeLessThan(many.length() / 4);
    }

    @Test
    void saysThatNothingChanged() {
        // Given
        var same = words(new Random(2), 20, 9);
        // When, Then
        assertThat(TextDifference.of(same, same).toString()).doesNotContain("<del>", "<ins>");
    }

    @Test
    void doesNotCompareWordByWordWhatWouldTakeSeconds() {
        // Given
        var before = words(new Random(3), 15_000, 10_000);
        var after = words(new Random(4), 15_000, 10_000);
        // When
        var difference = TextDifference.of(before, after).toString();
        // Then
        assertThat(difference)
                .isEqualTo(
                        "<p class=\"text difference\"><del>%s</del> <ins>%s</ins></p>"
                                .formatted(before, after));
    }

    /** Without what came it is the old text, without what went the new one. */
    @SeededTest(tries = 200)
    void holdsBothTexts(Random random) {
        // Given
        var before = words(random, 25, 5);
        var after = words(random, 25, 5);
        // When
        var difference = TextDifference.of(before, after).toString();
        // Then
        var text = difference.replaceAll("^<p[^>]*>|</p>$", "");
        assertThat(text.replaceAll("<ins>[^<]*</ins>|</?del>", "")).isEqualTo(before);
        assertThat(text.replaceAll("<del>[^<]*</del>|</?ins>", "")).isEqualTo(after);
    }

    private static String words(Random random, int count, int different) {
        return IntStream.range(0, count)
                .mapToObj(i -> "w" + random.nextInt(different))
                .collect(Collectors.joining(" "));
    }
}
