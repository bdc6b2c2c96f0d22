package io.retcon.retrainer.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.retcon.retrainer.evaluation.Unconditional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

class ItemReaderFilesTest {
    private static final String TOKENIZED =
            "{\"benchmark\": \"%s\", \"id\": \"d\", \"context\": [1], \"choices\": [[2], [3]]}\n";

    @TempDir private Path folder;

    @Test
    void aRequestThatCannotBeAskedIsNamedWithItsLine() throws Exception {
        // Given
        var file = Path.of(ItemReaderFilesTest.class.getResource("requests.jsonl").toURI());
        var refused = new ArrayList<String>();
        // When
        read(new ItemReader(Optional.empty(), Unconditional.SKIPPED), file, refused);
        // Then
        assertThat(refused.getFirst())
                .startsWith(file + " line 1: item 'n0' of t: texts need a tokenizer");
    }

    @Test
    void itemsOfAllFilesDiffer() throws Exception {
        // Given
        var one =
                Files.writeString(
                        folder.resolve("one"), TOKENIZED.formatted("b") + TOKENIZED.formatted("b"));
        var two =
                Files.writeString(
                        folder.resolve("two"), TOKENIZED.formatted("c") + TOKENIZED.formatted("b"));
        var reader = new ItemReader(Optional.empty(), Unconditional.SKIPPED);
        var refused = new ArrayList<String>();
        // When
        var items = new ArrayList<>(read(reader, one, refused));
        items.addAll(read(reader, two, refused));
        // Then
        assertThat(items).hasSize(2);
        assertThat(refused)
                .satisfiesExactly(
                        e ->
                                assertThat(e)
                                        .contains(one + " line 2: item 'd' of b", one + " line 1"),
                        e ->
                                assertThat(e)
                                        .contains(two + " line 2: item 'd' of b", one + " line 1"));
    }

    private static List<TokenizedItem> read(ItemReader reader, Path file, List<String> refused) {
        return reader.read(file, e -> refused.add(e.getMessage()));
    }
}
