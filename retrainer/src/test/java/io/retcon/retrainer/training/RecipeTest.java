package io.retcon.retrainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.retcon.schemas.RefusedInput;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

class RecipeTest {
    @ParameterizedTest
    @CsvSource({
        "cosine, 0, 0.025",
        "cosine, 3, 0.1",
        "cosine, 8, 0.055",
        "cosine, 13, 0.01",
        "cosine, 99, 0.01",
        "linear, 1, 0.05",
        "linear, 8, 0.055",
        "linear, 13, 0.01",
        "linear, 99, 0.01",
        "constant, 2, 0.075",
        "constant, 99, 0.1"
    })
    void rateFollowsTheSchedule(String schedule, long step, double rate) {
        // Given
        var recipe =
                Recipe.parse(
                        """
                        {"learning_rate": 0.1, "schedule": "%s", "warmup_steps": 4, "t_max": 14,
                         "alpha_f": 0.1}
                        """
                                .formatted(schedule),
                        "test");
        // When, Then
        assertThat(recipe.learningRate(step)).isCloseTo(rate, within(1e-12));
    }

    @Test
    void globsNameTensors() {
        // Given
        var patterns = new NamePatterns(List.of("*norm*", "model.layers.?.bias", "a.b"));
        // When, Then
        assertThat(patterns.matches("model.norm.weight")).isTrue();
        assertThat(patterns.matches("model.layers.3.bias")).isTrue();
        assertThat(patterns.matches("model.layers.13.bias")).isFalse();
        assertThat(patterns.matches("aXb")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{};'learning_rate' is missing",
                "{\"learning_rate\": \"much\"};a number from 0 on is expected",
                "{\"learning_rate\": 1, \"optimizer\": \"sgd\"};only 'adamw' is",
                "{\"learning_rate\": 1};'t_max' is missing",
                "{\"learning_rate\": 1, \"t_max\": 5, \"warmup_steps\": 5};must be after"
                        + " warmup_steps",
                "{\"learning_rate\": 1, \"t_max\": 5, \"betas\": [0.9]};two numbers",
                "{\"learning_rate\": 1, \"t_max\": 5, \"schedule\": \"wavy\"};none of cosine",
                "[];a JSON object is expected",
                "{\"learning_rate\";not JSON at line 1"
            })
    void wrongRecipesAreRefused(String json, String reason) {
        // When, Then
        assertThatThrownBy(() -> Recipe.parse(json, "my recipe"))
                .isInstanceOf(RefusedInput.class)
                .hasMessageStartingWith("my recipe: ")
                .hasMessageContaining(reason);
    }
}
