package io.retcon.retrainer.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.retcon.retrainer.TestingWorld;
import io.retcon.schemas.record.Item;
import io.retcon.schemas.tokenizer.Tokenizer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

class ItemTokensTest {
    private static final Path DOLMA =
            Path.of("..", "..", "shared", "data", "tokenizers", "dolma2.json");

    @Test
    void wordsAreCutBetweenQueryAndChoice(@TempDir Path folder) throws IOException {
        // Given
        try (var tokenizer = TestingWorld.tokenizer(folder)) {
            var tokens = new ItemTokens(tokenizer, 0);
            // When
            var question = tokens.question(item("w5 w6 ", "w7", "w8 w9"));
            // Then
            assertThat(question.context()).containsExactly(5, 6);
            assertThat(question.choices().get(0)).containsExactly(7);
            assertThat(question.choices().get(1)).containsExactly(8, 9);
        }
    }

    @Test
    void anEmptyQueryIsEos(@TempDir Path folder) throws IOException {
        // Given
        try (var tokenizer = TestingWorld.tokenizer(folder)) {
            var tokens = new ItemTokens(tokenizer, 0);
            // When
            var question = tokens.question(item("", "w7", "w8 w9"));
            var alone = tokens.unconditional(item("w5", "w7", "w8 w9"));
            // Then
            assertThat(question.context()).containsExactly(0);
            assertThat(question.choices().get(1)).containsExactly(8, 9);
            assertThat(alone.context()).containsExactly(0);
            assertThat(alone.choices().get(1)).containsExactly(8, 9);
        }
    }

    @Test
    void contextAndChoiceAreTheWholeText() {
        // Given
        assumeTrue(Files.exists(DOLMA), () -> DOLMA + " is absent: tokenizer case skipped");
        try (var tokenizer = Tokenizer.ofFile(DOLMA)) {
            var tokens = new ItemTokens(tokenizer, 100257);
            // When
            var question =
                    tokens.question(item("The capital of Azerbaijan is", "Baku", "St. John's"));
            // Then
            assertThat(tokenizer.decode(question.context()))
                    .isEqualTo("The capital of Azerbaijan is");
            assertThat(tokenizer.decode(question.choices().get(0))).isEqualTo(" Baku");
            assertThat(tokenizer.decode(question.choices().get(1))).isEqualTo(" St. John's");
        }
    }

    private static Item item(String query, String... choices) {
        return Item.newBuilder()
                .setBenchmark("b")
                .setId("i")
                .setQuery(query)
                .setChoices(List.of(choices))
                .setGold(0)
                .build();
    }
}
