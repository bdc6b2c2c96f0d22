package io.retcon.indexer.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.retcon.indexer.local.LocalFiles;
import io.retcon.indexer.local.LocalMatch;
import io.retcon.indexer.match.Encoders;
import io.retcon.indexer.match.Matcher;
import io.retcon.schemas.history.RunManifests;
import io.retcon.schemas.record.Item;
import io.retcon.schemas.record.Manifest;
import io.retcon.schemas.record.RunManifest;
import io.retcon.schemas.record.TokenWidth;
import io.retcon.schemas.spec.CooccurrenceSpec;
import io.retcon.schemas.tokenizer.Outcome;
import io.retcon.schemas.tokenizer.TestingTokenizers;
import io.retcon.schemas.tokenizer.Tokenizer;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/** What the stack matches is what files are matched as where the run's tokenizer is given. */
class TokenizedTextTest {
    private static final String RUN = "run";

    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"byte-level", "byte-fallback", "unigram", "word-piece"})
    void aRunsTextIsTheFilesTextAsTokenized(String kind) {
        // Given
        var random = new Random(5);
        var texts = Stream.generate(() -> TestingTokenizers.text(random)).limit(2_000).toList();
        try (var tokenizer = Tokenizer.ofFile(TestingTokenizers.file(kind));
                var run = TokenText.of(manifests(tokenizer), RUN)) {
            var tokens = tokenizer.encode(texts).stream().map(Outcome::orThrow).toList();
            for (int i = 0; i < texts.size(); i++) {
                // When
                var ofRun = run.utf8(tokens.get(i), 0, tokens.get(i).length);
                // Then
                assertThat(new String(ofRun, StandardCharsets.UTF_8))
                        .isEqualTo(tokenizer.asTokenized(texts.get(i)));
            }
        }
    }

    /** The document says it in NFD, and the item in NFC or in other letters. */
    @ParameterizedTest
    @CsvSource({
        "byte-level, Zürich, Genève, true",
        "byte-fallback, Zürich, Genève, false",
        "word-piece, ZURICH, Geneve, true",
        "unigram, Zürich, Genève, true"
    })
    void filesAndTheRunHaveTheSameMatches(
            String kind, String subject, String object, boolean matches) throws IOException {
        // Given
        var text = "Zu\u0308rich and Gene\u0300ve are cities.";
        var corpus = folder.resolve("corpus.jsonl");
        Files.writeString(corpus, "{\"id\": \"d\", \"text\": \"%s\"}%n".formatted(text));
        var items = folder.resolve("items.jsonl");
        Files.writeString(
                items,
                "{\"benchmark\": \"b\", \"id\": \"i\", \"query\": \"?\", \"choices\": [\"x\", \"y\"], \"gold\": 0, \"subject\": \"%s\", \"object\": \"%s\"}%n"
                        .formatted(subject, object));
        try (var tokenizer = Tokenizer.ofFile(TestingTokenizers.file(kind));
                var run = TokenText.of(manifests(tokenizer), RUN)) {
            int[] tokens = tokenizer.encode(text);
            var asked = new TokenizedItems(tokenizer).of(List.of(item(subject, object)));
            // When
            var ofRun = new ArrayList<Integer>();
            try (var matching = matcher().begin(asked)) {
                matching.add("d", run.utf8(tokens, 0, tokens.length));
                matching.end().forEach(found -> ofRun.add(found.documents().length));
            }
            var ofFiles = new ArrayList<String>();
            new LocalMatch(
                            matcher(),
                            new LocalFiles(List.of(corpus), List.of(items), Optional.of(tokenizer)))
                    .run(
                            row -> ofFiles.add(row.document()),
                            refused -> {
                                throw refused;
                            });
            // Then
            assertThat(ofFiles).hasSize(matches ? 1 : 0);
            assertThat(ofRun.stream().mapToInt(Integer::intValue).sum()).isEqualTo(ofFiles.size());
        }
    }

    private static Item item(String subject, String object) {
        return Item.newBuilder()
                .setBenchmark("b")
                .setId("i")
                .setQuery("?")
                .setChoices(List.of("x", "y"))
                .setGold(0)
                .setSubject(subject)
                .setObject(object)
                .build();
    }

    private static Matcher matcher() {
        return Matcher.of(CooccurrenceSpec.plain(), new Encoders(Path.of("."), 1));
    }

    private static RunManifests manifests(Tokenizer tokenizer) {
        var manifest =
                RunManifest.newBuilder()
                        .setSequencesPerStep(1)
                        .setTokensPerSequence(8)
                        .setPartitions(1)
                        .setVocabulary(tokenizer.vocabulary())
                        .setWidth(TokenWidth.U16)
                        .setEos(0)
                        .setTokenizerSha256(tokenizer.sha256())
                        .setTokenizer(tokenizer.gzip())
                        .setSteps(1)
                        .build();
        return RunManifests.of(List.of(new Manifest(RUN, manifest)));
    }
}
