package io.retcon.retrainer.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.retcon.retrainer.evaluation.PairTokens;
import io.retcon.retrainer.evaluation.Unconditional;
import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.tokenizer.TestingTokenizers;
import io.retcon.schemas.tokenizer.Tokenizer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

class ItemReaderTest {
    private static final String ITEM =
            "{\"benchmark\": \"b\", \"id\": \"%s\", \"query\": \"The capital is\", \"choices\":"
                + " [\"%s\", \"Baku\"], \"gold\": 0}";
    private static final String REQUEST =
            "{\"request_type\": \"loglikelihood\", \"request\": {\"context\": \"Ans\","
                + " \"continuation\": \"%s\"}, \"idx\": %d, \"task_name\": \"t\", \"doc_id\": 0,"
                + " \"native_id\": \"n0\", \"label\": 0}";

    @TempDir private Path folder;
    private final List<String> refused = new ArrayList<>();

    /** Case 03 of the public reports. */
    @Test
    void aPanicOfTheTokenizerRefusesTheLine() throws IOException {
        // Given
        var lines =
                List.of(
                        ITEM.formatted("first", "Vienna"),
                        ITEM.formatted("second", "Zürich"),
                        ITEM.formatted("third", "Vienna"));
        var tokenizer = TestingTokenizers.write(folder, TestingTokenizers.panicking());
        // When
        var read = read(tokenizer, lines);
        // Then
        assertThat(read).extracting(TokenizedItem::id).containsExactly("first", "third");
        assertThat(refused)
                .singleElement()
                .asString()
                .contains("items.jsonl line 2: item 'second' of b: ")
                .contains("process ends on it");
    }

    /** Case 02 of the public reports. */
    @Test
    void whatTheTokenizerCannotEncodeRefusesTheLine() throws IOException {
        // Given
        var lines = List.of(ITEM.formatted("first", "\u2603"), ITEM.formatted("second", "Vienna"));
        var tokenizer = TestingTokenizers.write(folder, TestingTokenizers.withoutUnknown());
        // When
        var read = read(tokenizer, lines);
        // Then
        assertThat(read).extracting(TokenizedItem::id).containsExactly("second");
        assertThat(refused)
                .singleElement()
                .asString()
                .contains("items.jsonl line 1: item 'first' of b: ")
                .contains("unk_id");
    }

    /** Case 06 of the public reports. */
    @Test
    void halfASurrogatePairIsReadAsOneReplacementCharacter() throws IOException {
        // Given
        var lines =
                List.of(
                        ITEM.formatted("half", "🐈 dogs \\ud83d"),
                        ITEM.formatted("whole", "🐈 dogs \\ufffd"));
        // When
        var read = read(TestingTokenizers.file("byte-level"), lines);
        // Then
        assertThat(read.get(0).asked().findFirst().orElseThrow().continuation())
                .containsExactly(read.get(1).asked().findFirst().orElseThrow().continuation());
    }

    /** Case 23 of the public reports. */
    @Test
    void aRequestWithoutTokensIsNamedByItemAndLine() throws IOException {
        // Given
        var lines = List.of(REQUEST.formatted("wer", 0), REQUEST.formatted("", 1));
        // When
        var read = read(TestingTokenizers.file("byte-level"), lines);
        // Then
        assertThat(read).isEmpty();
        assertThat(refused).hasSize(2);
        assertThat(refused.get(0))
                .contains("items.jsonl line 2: item 'n0' of t: choice '' has no tokens");
        assertThat(refused.get(1)).contains("item 'n0' of t is left out");
    }

    private List<TokenizedItem> read(Path tokenizerFile, List<String> lines) throws IOException {
        var file = folder.resolve("items.jsonl");
        Files.write(file, lines);
        try (var tokenizer = Tokenizer.ofFile(tokenizerFile)) {
            var pairs = new PairTokens(tokenizer, tokenizer.eos());
            return new ItemReader(Optional.of(pairs), Unconditional.SKIPPED)
                    .read(file, (RefusedInput e) -> refused.add(e.getMessage()));
        }
    }
}
