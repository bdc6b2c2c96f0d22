package io.retcon.deploy.intervention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retcon.schemas.RefusedInput;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

class GivenMatchesTest {
    @TempDir private Path folder;

    @Test
    void linesAreItemAndDocumentAndWhatMatchPrints() throws IOException {
        // Given
        var file = file("q2\td9\nq1\td2\t3.500000\n\nq1\td1\nq1\td2\n");
        // When
        var ids = new GivenMatches(file).read();
        // Then
        assertThat(ids).containsExactly(entry("q1", "d1", "d2"), entry("q2", "d9"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "q1 d1; line 1: not an item, a tab and a document",
                "q1/; line 1: not an item",
                "/d1; line 1: not an item",
                "q1/d1+q2; line 2: not an item",
                "ITEM/DOCUMENT/SCORE+q1/d1; line 1: a heading",
                "q1/d1+q\\2/d2; line 2: 'q\\2' has a backslash that escapes nothing",
                "+; holds no line"
            })
    void anythingElseIsRefused(String lines, String said) throws IOException {
        // Given
        var file = file(lines.replace('/', '\t').replace('+', '\n'));
        // When, Then
        assertThatThrownBy(() -> new GivenMatches(file).read())
                .isInstanceOf(RefusedInput.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(said);
        assertThatThrownBy(() -> new GivenMatches(folder.resolve("none")).read())
                .isInstanceOf(RefusedInput.class)
                .hasMessageContaining("is no file: check the path");
    }

    private static Map.Entry<String, List<String>> entry(String item, String... ids) {
        return Map.entry(item, List.of(ids));
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("ids.tsv"), text);
    }
}
