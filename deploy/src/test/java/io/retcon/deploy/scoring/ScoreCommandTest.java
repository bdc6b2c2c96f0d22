package io.retcon.deploy.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.data.Percentage.withPercentage;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.retcon.deploy.LocalRun;
import io.retcon.retrainer.training.Recipe;
import io.retcon.retrainer.training.Trainer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

class ScoreCommandTest {
    private static final Path SHARED = Path.of("..", "..", "shared");
    private static final Path MODELS = SHARED.resolve("golden").resolve("models");
    private static final Path OLMES =
            SHARED.resolve("data/items/olmes/openbookqa_rc_0shot.requests.jsonl.gz");
    private static final Path TOKENIZER = SHARED.resolve("data/tokenizers/dolma2.json");
    private static final int DOLMA_VOCABULARY = 100_278;

    /** Words w0 … w9 are tokens 0 … 9; 0 ends documents. */
    private static final String WORDS =
            """
            {"version":"1.0","truncation":null,"padding":null,"added_tokens":[],"normalizer":null,
             "pre_tokenizer":{"type":"WhitespaceSplit"},"post_processor":null,"decoder":null,
             "model":{"type":"WordLevel","unk_token":"w9","vocab":{"w0":0,"w1":1,"w2":2,"w3":3,
              "w4":4,"w5":5,"w6":6,"w7":7,"w8":8,"w9":9}}}
            """;

    private static final String CONFIG =
            """
            {"model_type": "llama", "hidden_size": 12, "num_hidden_layers": 1,
             "num_attention_heads": 2, "num_key_value_heads": 1, "intermediate_size": 10,
             "vocab_size": 10, "max_position_embeddings": 6, "initializer_range": 0.5,
             "eos_token_id": 0}
            """;

    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"olmo2", "llama_gqa_tied", "gpt_neox"})
    void scoresTokenizedChoicesLikePyTorch(String name) throws IOException {
        // Given
        var model = golden(name);
        var expected = new ObjectMapper().readTree(model.resolve("golden.json").toFile());
        // When
        var run = score(model, model.resolve("choices.jsonl"));
        // Then
        assertThat(run.status()).as(run.err()).isZero();
        var line = run.lines().getFirst();
        assertThat(line.path("id").asText()).isEqualTo("c");
        var right = expected.path("choice_loglikelihood");
        assertThat(line.path("logLikelihoods")).hasSize(right.size());
        for (int i = 0; i < right.size(); i++) {
            assertThat(line.path("logLikelihoods").path(i).asDouble())
                    .isCloseTo(right.path(i).asDouble(), withPercentage(0.01));
            assertThat(line.path("tokens").path(i).asInt())
                    .isEqualTo(expected.path("choices").path(i).size());
        }
    }

    @Test
    void readsRequestsAsTheyAreAndItsMetricsFollowFromWhatItPrints() throws IOException {
        // Given
        assumeTrue(Files.exists(OLMES), () -> OLMES + " is absent");
        var checkpoint = resized(golden("olmo2"));
        // When
        var run = score(checkpoint, OLMES, "--tokenizer", TOKENIZER.toString());
        // Then
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.lines()).hasSize(500);
        for (var line : run.lines()) {
            int gold = line.path("gold").asInt();
            var correct = line.path("correct");
            assertThat(correct.path("acc_raw").asBoolean())
                    .isEqualTo(best(line, i -> log(line, i)) == gold);
            assertThat(correct.path("acc_per_token").asBoolean())
                    .isEqualTo(
                            best(line, i -> log(line, i) / line.path("tokens").path(i).asInt())
                                    == gold);
            assertThat(correct.path("acc_per_char").asBoolean())
                    .isEqualTo(
                            best(line, i -> log(line, i) / line.path("characters").path(i).asInt())
                                    == gold);
            assertThat(correct.path("acc_uncond").asBoolean())
                    .isEqualTo(
                            best(
                                            line,
                                            i ->
                                                    log(line, i)
                                                            - line.path("unconditional")
                                                                    .path(i)
                                                                    .asDouble())
                                    == gold);
            double wrong =
                    IntStream.range(0, line.path("logLikelihoods").size())
                            .filter(i -> i != gold)
                            .mapToDouble(i -> log(line, i))
                            .max()
                            .orElseThrow();
            assertThat(line.path("margin").asDouble())
                    .isCloseTo(log(line, gold) - wrong, within(1e-9));
        }
        assertThat(run.lines().getFirst().path("id").asText()).isEqualTo("8-376");
        assertThat(run.lines().getFirst().path("characters").path(0).asInt())
                .isEqualTo("Deep sea animals".length());
    }

    @Test
    void aTableSaysHowOftenItWasRight() throws IOException {
        // Given
        var items =
                items(
                        "{'benchmark':'b','id':'1','query':'w1 w2 ','choices':['w3','w4"
                                + " w5'],'gold':0}",
                        "{'benchmark':'b','id':'2','query':'','choices':['w3','w4'],'gold':1}",
                        "{'benchmark':'b','id':'3','query':'w6','choices':['w7','w8'],'gold':0}");
        var checkpoint = checkpoint();
        // When
        var run =
                LocalRun.of(
                        new ScoreCommand(),
                        "--checkpoint",
                        checkpoint.toString(),
                        "--items",
                        items.toString(),
                        "--unconditional");
        var lines = score(checkpoint, items, "--unconditional").lines();
        // Then
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out().lines().findFirst().orElseThrow())
                .contains("BENCHMARK", "ACC_RAW", "ACC_PER_CHAR", "ACC_UNCOND", "MARGIN");
        assertThat(run.out().lines()).hasSize(2);
        var row = List.of(run.out().lines().toList().getLast().split(" {2,}"));
        assertThat(row.subList(0, 2)).containsExactly("b", "3");
        var metrics = List.of("acc_per_char", "acc_per_token", "acc_raw", "acc_uncond");
        for (int m = 0; m < metrics.size(); m++) {
            var metric = metrics.get(m);
            double share =
                    lines.stream()
                            .mapToInt(l -> l.path("correct").path(metric).asBoolean() ? 1 : 0)
                            .average()
                            .orElseThrow();
            assertThat(Double.parseDouble(row.get(2 + m)))
                    .as(metric)
                    .isCloseTo(share, within(1e-3));
        }
    }

    @Test
    void whiteSpaceThatEndsAContextBelongsToTheChoice() throws IOException {
        // Given
        var items =
                items(
                        "{'benchmark':'b','id':'1','query':'w1 w2','choices':['w3','w4"
                                + " w5'],'gold':0}",
                        "{'benchmark':'b','id':'2','query':'w1 w2 \\u00a0\\n"
                                + "','choices':['w3','w4 w5'],'gold':0}",
                        "{'id':'3','context':[1,2],'choices':[[3],[4,5]]}");
        // When
        var run = score(checkpoint(), items);
        // Then
        assertSameLogs(run.lines().get(1), run.lines().getFirst());
        assertSameLogs(run.lines().get(2), run.lines().getFirst());
        assertThat(run.lines().get(2).has("correct")).isFalse();
    }

    @Test
    void longContextsLoseTheirBeginningAndAreCounted() throws IOException {
        // Given
        var items =
                items(
                        "{'id':'long','context':[9,9,9,1,2,3,4,5],'choices':[[6,7]],'gold':0}",
                        "{'id':'short','context':[1,2,3,4,5],'choices':[[6,7]]}");
        // When
        var run = score(checkpoint(), items);
        // Then
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.err()).contains("1 of 2 items were longer than the model's 6 positions");
        var lines = run.lines();
        assertThat(lines.getFirst().path("truncated").asInt()).isEqualTo(3);
        assertSameLogs(lines.getFirst(), lines.get(1));
        assertThat(lines.get(1).has("truncated")).isFalse();
    }

    @Test
    void whatCannotBeScoredIsRefusedByNameAndTheRestIsScored() throws IOException {
        // Given
        var items =
                items(
                        "{'id':'fine','context':[1],'choices':[[2],[3]],'gold':1}",
                        "{'id':'foreign','context':[1],'choices':[[2],[10]]}",
                        "{'id':'empty','context':[1],'choices':[[2],[]]}",
                        "{'id':'wide','context':[1],'choices':[[1,2,3,4,5,6,7]]}",
                        "{'id':'gold','context':[1],'choices':[[2],[3]],'gold':2}",
                        "{'request_type':'generate_until'}",
                        "{'benchmark':'b'}",
                        "[1]");
        // When
        var run = score(checkpoint(), items);
        // Then
        assertThat(run.status()).isEqualTo(3);
        assertThat(run.lines()).hasSize(1);
        assertThat(run.err())
                .contains("item 'foreign': token 10 is not in the model's vocabulary of 10")
                .contains("item 'empty' has an empty context or choice")
                .contains("item 'wide' has a choice of 7 tokens")
                .contains("line 5: item 'gold' has gold 2 but 2 choices")
                .contains("line 6: request_type 'generate_until'")
                .contains("line 7: ")
                .contains("line 8: not a JSON object")
                .contains("7 lines were refused");
    }

    @Test
    void filesWithoutItemsAreRefused() throws IOException {
        // When
        var run = score(checkpoint(), items("", "{}"));
        // Then
        assertThat(run.status()).isEqualTo(3);
        assertThat(run.lines()).isEmpty();
        assertThat(run.err()).contains("line 2: ", "no item could be read from");
    }

    @Test
    void aTokenizerLargerThanTheModelIsRefused() throws IOException {
        // Given
        assumeTrue(Files.exists(TOKENIZER), () -> TOKENIZER + " is absent");
        var items = items("{'benchmark':'b','id':'1','query':'a','choices':['b','c'],'gold':0}");
        // When
        var run = score(checkpoint(), items, "--tokenizer", TOKENIZER.toString());
        // Then
        assertThat(run.status()).isEqualTo(3);
        assertThat(run.err()).contains("has a vocabulary of 100278 but the model embeds 10");
    }

    private static LocalRun score(Path checkpoint, Path items, String... more) {
        var arguments =
                IntStream.range(0, more.length + 6)
                        .mapToObj(
                                i ->
                                        switch (i) {
                                            case 0 -> "--checkpoint";
                                            case 1 -> checkpoint.toString();
                                            case 2 -> "--items";
                                            case 3 -> items.toString();
                                            case 4 -> "--output";
                                            case 5 -> "json";
                                            default -> more[i - 6];
                                        })
                        .toArray(String[]::new);
        return LocalRun.of(new ScoreCommand(), arguments);
    }

    /** But for the rounding, which depends on what else goes through the network. */
    private static void assertSameLogs(JsonNode found, JsonNode expected) {
        for (int i = 0; i < expected.path("logLikelihoods").size(); i++) {
            assertThat(log(found, i)).isCloseTo(log(expected, i), withPercentage(1e-4));
        }
    }

    private static double log(JsonNode line, int choice) {
        return line.path("logLikelihoods").path(choice).asDouble();
    }

    private static int best(JsonNode line, IntToDoubleFunction value) {
        return IntStream.range(0, line.path("logLikelihoods").size())
                .boxed()
                .max(
                        Comparator.<Integer>comparingDouble(value::applyAsDouble)
                                .thenComparing(Comparator.reverseOrder()))
                .orElseThrow();
    }

    private static Path golden(String name) {
        var model = MODELS.resolve(name);
        assumeTrue(Files.isDirectory(model), () -> model + " is absent: golden case skipped");
        return model;
    }

    /** A fresh model of the golden one's shape, but for a larger vocabulary. */
    private Path resized(Path model) throws IOException {
        var config = new ObjectMapper().readTree(model.resolve("config.json").toFile());
        ((ObjectNode) config).put("vocab_size", DOLMA_VOCABULARY);
        return fresh(config.toString());
    }

    private Path checkpoint() throws IOException {
        var checkpoint = fresh(CONFIG);
        Files.writeString(checkpoint.resolve("tokenizer.json"), WORDS);
        return checkpoint;
    }

    private Path fresh(String config) {
        var recipe = Recipe.parse("{\"learning_rate\": 1, \"schedule\": \"constant\"}", "test");
        try (var trainer = Trainer.fresh(config, recipe, 1, 1)) {
            return trainer.save(folder.resolve("checkpoint")).path();
        }
    }

    private Path items(String... lines) throws IOException {
        return Files.writeString(
                folder.resolve("items.jsonl"), String.join("\n", lines).replace('\'', '"'));
    }
}
