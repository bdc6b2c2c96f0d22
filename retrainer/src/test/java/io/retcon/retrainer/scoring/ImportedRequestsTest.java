package io.retcon.retrainer.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.retcon.retrainer.TestingWorld;
import io.retcon.retrainer.TinyModels;
import io.retcon.retrainer.engine.Compute;
import io.retcon.retrainer.evaluation.ItemScorer;
import io.retcon.retrainer.evaluation.ItemTokens;
import io.retcon.retrainer.evaluation.PairTokens;
import io.retcon.retrainer.evaluation.Scorer;
import io.retcon.retrainer.evaluation.Unconditional;
import io.retcon.retrainer.model.LanguageModel;
import io.retcon.retrainer.model.ModelConfig;
import io.retcon.schemas.item.ItemFile;
import io.retcon.schemas.record.Item;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;

/** Requests give the same scores whether they are read from their file or imported as items. */
class ImportedRequestsTest {
    private static final long SEED = 61;
    private static final int ITEMS = 30;
    private static final int CHOICES = 3;
    private static final int POSITIONS = 128;

    private final SplittableRandom random = new SplittableRandom(SEED);

    @Test
    void theyScoreAsTheirFileDoes(@TempDir Path folder) throws IOException {
        // Given
        var file = Files.writeString(folder.resolve("requests.jsonl"), requests());
        var imported = new ArrayList<Item>();
        new ItemFile(file)
                .read(
                        imported::add,
                        refused -> {
                            throw refused;
                        });
        var config = ModelConfig.parse(TinyModels.LLAMA, "test");
        try (var tokenizer = TestingWorld.tokenizer(folder);
                var model = LanguageModel.fresh(config, SEED);
                var scorer = new Scorer(model, 2)) {
            // When
            var overTopics =
                    new ItemScorer(scorer, new ItemTokens(tokenizer, 0), Unconditional.SCORED)
                            .score(imported, done -> {});
            // Then
            var pairs = new PairTokens(tokenizer, OptionalInt.of(0));
            var read =
                    new ItemReader(Optional.of(pairs), Unconditional.SKIPPED)
                            .read(
                                    file,
                                    refused -> {
                                        throw refused;
                                    });
            var local =
                    new LocalScorer(model, Compute.cpu(2))
                            .score(
                                    read,
                                    refused -> {
                                        throw refused;
                                    },
                                    (done, of) -> {});
            assertThat(overTopics).hasSize(ITEMS).hasSameSizeAs(local);
            for (int i = 0; i < ITEMS; i++) {
                var expected = local.get(i);
                var found = overTopics.get(i);
                assertThat(found.correct()).as("seed %d", SEED).isEqualTo(expected.correct().get());
                assertThat(found.correct()).containsKey("acc_uncond");
                assertThat(found.dropped()).isEqualTo(expected.truncated().orElse(0));
                for (int c = 0; c < CHOICES; c++) {
                    assertThat(found.choices().get(c).getLogLikelihood())
                            .isCloseTo(expected.logLikelihoods().get(c), within(2e-4));
                    assertThat(found.choices().get(c).getUnconditional().orElseThrow())
                            .isCloseTo(expected.unconditional().get().get(c), within(2e-4));
                }
            }
            assertThat(overTopics.getFirst().isTruncated()).isTrue();
            assertThat(overTopics.getLast().isTruncated()).isFalse();
        }
    }

    /** The first question is longer than the model's context. */
    private String requests() {
        var lines = new ArrayList<String>();
        for (int i = 0; i < ITEMS; i++) {
            var question = words(i == 0 ? POSITIONS + 20 : 1 + random.nextInt(9));
            for (int c = 0; c < CHOICES; c++) {
                var choice = words(1 + random.nextInt(3));
                lines.add(request(i, c, question, choice));
                lines.add(request(1_000_000 + i, c, i % 2 == 0 ? "w9" : "w8 w7", choice));
            }
        }
        return String.join("\n", lines);
    }

    private String words(int count) {
        return String.join(
                " ", random.ints(count, 1, TinyModels.VOCABULARY).mapToObj(w -> "w" + w).toList());
    }

    private static String request(int document, int choice, String context, String continuation) {
        return """
        {"request_type": "loglikelihood", "doc": {}, "idx": %d, "doc_id": %d, "native_id": "n%d", \
        "task_name": "task", "label": 1, "request": {"context": "%s", "continuation": " %s"}}\
        """
                .formatted(choice, document, document % 1_000_000, context, continuation);
    }
}
