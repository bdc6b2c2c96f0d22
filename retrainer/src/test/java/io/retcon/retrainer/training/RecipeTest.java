package io.retcon.retrainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.retcon.schemas.RefusedInput;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

class RecipeTest {
    @TempDir private Path folder;

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

    /** The rates of the same schedule, a step being 8 tokens. */
    @ParameterizedTest
    @ValueSource(strings = {"cosine", "linear", "constant"})
    void schedulesCountTokensToo(String schedule) {
        // Given
        var steps =
                Recipe.parse(
                        """
                        {"learning_rate": 0.1, "schedule": "%s", "warmup_steps": 4, "t_max": 14,
                         "warmup_min_lr": 0.02, "alpha_f": 0.1}
                        """
                                .formatted(schedule),
                        "test");
        var tokens =
                Recipe.parse(
                        """
                        {"learning_rate": 0.1, "schedule": "%s", "warmup_tokens": 32,
                         "t_max_tokens": 112, "batch": 2, "sequence_length": 4,
                         "warmup_min_lr": 0.02, "alpha_f": 0.1}
                        """
                                .formatted(schedule),
                        "test");
        // When, Then
        for (long step = 0; step < 20; step++) {
            assertThat(tokens.learningRate(step)).isEqualTo(steps.learningRate(step));
        }
        assertThat(tokens.learningRate(0)).isCloseTo(0.04, within(1e-12));
    }

    @Test
    void readsOlmosConfig() throws IOException {
        // Given
        var file =
                Files.writeString(
                        folder.resolve("config.yaml"),
                        """
                        run_name: OLMo2-1B-stage1
                        wandb: { name: "${run_name}" }
                        model: { max_sequence_length: 4096, eos_token_id: 100257 }
                        softmax_auxiliary_loss: true
                        auxiliary_loss_multiplier: 1e-5
                        optimizer:
                          name: adamw
                          learning_rate: 4.0e-4
                          weight_decay: 0.1
                          eps: 1e-8
                          decay_norm_and_bias: true
                          decay_embeddings: false
                          betas:
                          - 0.9
                          - 0.95
                        scheduler:
                          name: cosine_with_warmup
                          units: tokens
                          t_warmup: 8388608000
                          t_max: 5e12
                          alpha_f: 0.1
                          warmup_min_lr: 0.0
                        data: { generate_doc_lengths: true }
                        max_duration: 4e12T
                        global_train_batch_size: 512
                        max_grad_norm: 1.0
                        max_grad_norm_ratio: null
                        """);
        // When
        var recipe = Recipe.read(file);
        // Then
        assertThat(recipe.firstBeta()).isEqualTo(0.9);
        assertThat(recipe.secondBeta()).isEqualTo(0.95);
        assertThat(recipe.epsilon()).isEqualTo(1e-8);
        assertThat(recipe.weightDecay()).isEqualTo(0.1);
        assertThat(recipe.decayOf("model.embed_tokens.weight")).isZero();
        assertThat(recipe.decayOf("gpt_neox.embed_in.weight")).isZero();
        assertThat(recipe.decayOf("model.norm.weight")).isEqualTo(0.1);
        assertThat(recipe.largestNorm()).isEqualTo(1);
        assertThat(recipe.zLoss()).isEqualTo(1e-5);
        assertThat(recipe.visibility()).isEqualTo(Visibility.DOCUMENT);
        assertThat(recipe.eos()).hasValue(100257);
        // 4,000 steps of 512 x 4,096 tokens warm up; OLMo's step 1 is history step 0.
        assertThat(recipe.learningRate(0)).isCloseTo(4e-4 / 4000, within(1e-15));
        assertThat(recipe.learningRate(3999)).isCloseTo(4e-4, within(1e-15));
        double half = (5e12 - 8388608000.0) / 2 + 8388608000.0;
        assertThat(recipe.learningRate(Math.round(half / (512 * 4096)) - 1))
                .isCloseTo(2.2e-4, within(1e-9));
        assertThat(Recipe.parse(recipe.json(), "again").learningRate(12_345))
                .isEqualTo(recipe.learningRate(12_345));
    }

    @Test
    void hasOlmosDefaults() throws IOException {
        // Given
        var file =
                Files.writeString(
                        folder.resolve("config.yml"),
                        """
                        optimizer: { name: adamw }
                        scheduler: { name: linear_with_warmup }
                        max_duration: 1000
                        """);
        // When
        var recipe = Recipe.read(file);
        // Then
        assertThat(recipe.learningRate(99)).isCloseTo(1e-4, within(1e-15));
        assertThat(recipe.learningRate(49)).isCloseTo(0.55e-4, within(1e-15));
        assertThat(recipe.learningRate(999)).isCloseTo(1e-5, within(1e-15));
        assertThat(recipe.decayOf("model.embed_tokens.weight")).isZero();
        assertThat(recipe.decayOf("model.norm.weight")).isZero();
        assertThat(recipe.decayOf("model.layers.0.mlp.up_proj.bias")).isZero();
        assertThat(recipe.decayOf("model.layers.0.mlp.up_proj.weight")).isEqualTo(0.01);
        assertThat(recipe.largestNorm()).isInfinite();
        assertThat(recipe.zLoss()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "optimizer: {name: lionw}|only 'adamw' is",
                "optimizer: {}|optimizer 'lionw' is not supported",
                "optimizer: {name: adamw, learning_rate: much}|'optimizer/learning_rate' is 'much'",
                "optimizer: {name: adamw, selective_updates: true}|selective_updates",
                "scheduler: {name: max_scheduler}|scheduler 'max_scheduler' is none of",
                "scheduler: {units: epochs}|not steps or tokens",
                "scheduler: {t_max: 0.5}|a whole number is expected",
                "scheduler: {t_max: 1e999999999}|a number from 0 on is expected",
                "scheduler: {t_max: -5}|a number from 0 on is expected",
                "scheduler: {t_max: '50'}|a number from 0 on is expected",
                "scheduler: {t_warmup: yes}|a number from 0 on is expected",
                "scheduler: {t_mx: 50}|'scheduler/t_mx' is no key of OLMo's config, did you mean"
                        + " t_max?",
                "optimiser: {}|'optimiser' is no key of OLMo's config, did you mean optimizer?",
                "optimizer: {name: adamw, selective_updates: on}|selective_updates",
                "optimizer: {name: adamw, selective_updates: 1}|selective_updates",
                "optimizer: {name: adamw, decay_embeddings: maybe}|true or false is expected",
                "optimizer: {name: adamw, decay_embeddings: ~}|true or false is expected",
                "optimizer: {name: adamw, betas: [0.9]}|two numbers are expected",
                "optimizer: {name: adamw, eps: 0}|a number above 0 is expected",
                "optimizer: {name: adamw, learning_rate: '${lr}'}|and no reference",
                "scheduler: {grad_clip_warmup_steps: 10}|grad_clip_warmup_steps",
                "softmax_auxiliary_loss: perhaps|true or false is expected",
                "max_grad_norm: 0|a number above 0 is expected",
                "model: {clip_qkv: 8.0}|'model/clip_qkv' is not supported",
                "model: 3|'model' is 3: its keys are expected",
                "data: {label_mask_paths: [a]}|'data/label_mask_paths' is not supported",
                "data: {instance_filter: {}}|'data/instance_filter' is not supported",
                "data: {seed: 1, seed: 2}|line 4: 'seed' stands there twice",
                "max_duration: &a [*a]|has no anchor before it",
                "max_duration: !!str 5|tags are not read",
                "<<: 3|merge keys are not read",
                "scheduler: {t_max: 50}|must be after warmup_steps",
                "max_duration: 2ep|'max_duration' is '2ep', epochs of data that the config does not"
                        + " count: say with 'scheduler/t_max' at which step the schedule ends",
                "max_grad_norm_ratio: 2|'max_grad_norm_ratio' is not supported",
                "model: {attention_dropout: 0.1}|attention_dropout",
                "scheduler: [|not YAML",
                "optimizer: 3|no config of OLMo's"
            })
    void wrongConfigsAreRefused(String line, String reason) throws IOException {
        // Given
        var right =
                """
                optimizer: {name: adamw}
                scheduler: {name: cosine_with_warmup}
                max_duration: 1000
                """;
        var key = line.substring(0, line.indexOf(':'));
        var kept =
                right.lines()
                        .filter(l -> !l.startsWith(key + ":"))
                        .collect(Collectors.joining("\n"));
        var file = Files.writeString(folder.resolve("config.yaml"), kept + "\n" + line + "\n");
        // When, Then
        assertThatThrownBy(() -> Recipe.read(file))
                .isInstanceOf(RefusedInput.class)
                .hasMessageStartingWith(file + ": ")
                .hasMessageContaining(reason);
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
                "{\"learning_rate\": 1, \"t_max_tokens\": 9};'batch' is missing",
                "{\"learning_rate\": 1, \"t_max_tokens\": 9, \"warmup_steps\": 5};in steps and"
                        + " in tokens",
                "{\"learning_rate\": 1, \"t_max\": 9, \"warmup_min_lr\": 2};is above"
                        + " learning_rate",
                "{\"learning_rate\": 1, \"t_max\": 5, \"warmup_steps\": 5};must be after"
                        + " warmup_steps",
                "{\"learning_rate\": 1, \"t_max\": 5, \"betas\": [0.9]};two numbers",
                "{\"learning_rate\": 1, \"t_max\": 5, \"warmup\": 2};'warmup' is no key that is"
                        + " known here, did you mean warmup_steps?",
                "{\"learning_rate\": 1, \"t_max\": 5, \"adam_w\": true};'adam_w' is no key",
                "{\"learning_rate\": 1, \"t_max\": 5, \"eps\": 0};a number above 0",
                "{\"learning_rate\": 1, \"t_max\": 5, \"alpha_f\": 2};a number from 0 to 1",
                "{\"learning_rate\": 1, \"t_max\": 5, \"weight_decay\": null};'weight_decay' is"
                        + " null",
                "{\"learning_rate\": 1, \"t_max\": 5, \"no_decay\": \"*\"};a list of texts",
                "{\"learning_rate\": 1, \"t_max\": 5, \"t_max\": 6};Duplicate field 't_max'",
                "{\"learning_rate\": 1, \"t_max\": 5} {};not JSON at line 1",
                "{\"learning_rate\": 1, \"t_max_tokens\": 9, \"tokens_per_step\": 3, \"batch\": 2,"
                        + " \"sequence_length\": 2};batch times sequence_length 4",
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

    @Test
    void aBombIsRefusedInOurWords() {
        // Given
        var bomb = "{\"learning_rate\":" + "[".repeat(100_000);

        // When, Then
        assertThatThrownBy(() -> Recipe.parse(bomb, "my recipe"))
                .isInstanceOf(RefusedInput.class)
                .hasMessage(
                        "my recipe: nests deeper, or has longer names or numbers, than any settings"
                                + " do: give the file that the trainer reads");
    }
}
