package io.retcon.streams.rewriting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.history.NpyWriter;
import io.retcon.schemas.history.TokenFile;
import io.retcon.schemas.record.TokenWidth;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

class LocalRewriteTest {
    private static final Path GOLDEN = Path.of("..", "..", "shared", "golden", "swap");

    @TempDir Path folder;

    @BeforeEach
    void twoSteps() throws IOException {
        Files.createDirectories(folder.resolve("history"));
        NpyWriter.write(
                folder.resolve("history/0.npy"),
                new int[][] {{1, 2, 3, 0, 4, 5}, {6, 0, 7, 8, 0, 9}},
                TokenWidth.U32);
        NpyWriter.write(
                folder.resolve("history/1.npy"),
                new int[][] {{11, 12, 0, 13, 14, 0}},
                TokenWidth.U32);
    }

    @Test
    void agreesWithTheReferencesArrays() {
        // Given
        assumeTrue(Files.isDirectory(GOLDEN), "the golden cases are not here");
        // When
        var done =
                LocalRewrite.run(
                        GOLDEN.resolve("history"),
                        GOLDEN.resolve("donors"),
                        GOLDEN.resolve("mapping.json"),
                        folder.resolve("out"));
        // Then
        assertThat(done.steps()).isEqualTo(5);
        assertThat(done.leftOut()).isEmpty();
        for (int step = 0; step < 5; step++) {
            var name = step + ".npy";
            assertThat(folder.resolve("out").resolve(name))
                    .hasSameBinaryContentAs(GOLDEN.resolve("expected").resolve(name));
        }
    }

    @Test
    void changedSequencesAreWrittenWithTheirLineageAndUnchangedOnesAsTheyAre() throws IOException {
        // Given
        var mapping = mapping("[[0, 0, 0, 1, 1, 0, 3, 5]]");
        // When
        var done = run(mapping);
        // Then
        assertThat(tokens("0.npy")).containsExactly(13, 14, 0, 3, 0, 4, 6, 0, 7, 8, 0, 9);
        assertThat(tokens("1.npy")).containsExactly(11, 12, 0, 13, 14, 0);
        assertThat(done).isEqualTo(new LocalRewrite(2, 1, 1, List.of()));
        assertThat(Files.readAllLines(folder.resolve("out/lineage.jsonl")))
                .containsExactly(
                        "{\"step\":0,\"sequence\":0,\"replaced\":[{\"document\":{\"id\":\"0/0/0\",\"step\":0,\"sequence\":0,\"start\":0,\"length\":2},\"donor\":{\"id\":\"1/0/3\",\"step\":1,\"sequence\":0,\"start\":3,\"length\":3},\"start\":0,\"length\":3}],\"truncated\":[{\"document\":\"0/0/2\",\"tokens\":1}],\"leftOut\":[]}");
    }

    @Test
    void aShorterDonorIsLeftOutAndNamed() throws IOException {
        // Given
        var mapping = mapping("[[0, 1, 2, 3, 1, 0, 0, 0]]");
        // When
        var done = run(mapping);
        // Then
        assertThat(tokens("0.npy")).containsExactly(1, 2, 3, 0, 4, 5, 6, 0, 7, 8, 0, 9);
        assertThat(done.leftOut()).containsExactly(0);
    }

    @Test
    void badMappingsAreRefusedByRow() throws IOException {
        assertRefused("{}", "no array");
        assertRefused("[[0, 0, 0]]", "row 0");
        assertRefused("[[0, 0, 3, 1, 1, 0, 0, 0]]", "row 0");
        assertRefused("[[0, 0, 0, 1, 1, 0, 0, 1], [7, 0, 0, 1, 1, 0, 0, 1]]", "row 1");
        assertRefused("[[0, 0, 0, 6, 1, 0, 0, 5]]", "row 0 lies outside");
        assertRefused("[[0, 0, 0, 1, 1, 3, 0, 1]]", "row 0's donor lies outside");
        assertRefused("[[0, 0, 0, 2, 1, 0, 0, 2], [0, 0, 2, 3, 1, 0, 0, 2]]", "rows 0 and 1");
    }

    @Test
    void aDonorsTokenThatHistoryCannotHoldIsRefused() throws IOException {
        // Given
        NpyWriter.write(folder.resolve("history/0.npy"), new int[][] {{1, 0}}, TokenWidth.U16);
        NpyWriter.write(folder.resolve("history/1.npy"), new int[][] {{70_000}}, TokenWidth.U32);
        var mapping = mapping("[[0, 0, 0, 0, 1, 0, 0, 0]]");
        // When / Then
        assertThatThrownBy(() -> run(mapping))
                .isInstanceOf(RefusedInput.class)
                .hasMessageContaining("token 70000");
    }

    @Test
    void historyIsNeverWrittenTo() throws IOException {
        // Given
        var mapping = mapping("[]");
        var history = folder.resolve("history");
        // When / Then
        assertThatThrownBy(() -> LocalRewrite.run(history, history, mapping, history))
                .isInstanceOf(RefusedInput.class)
                .hasMessageContaining("another folder");
    }

    private void assertRefused(String rows, String message) throws IOException {
        // Given
        var mapping = mapping(rows);
        // When / Then
        assertThatThrownBy(() -> run(mapping))
                .isInstanceOf(RefusedInput.class)
                .hasMessageContaining(message);
    }

    private LocalRewrite run(Path mapping) {
        var history = folder.resolve("history");
        return LocalRewrite.run(history, history, mapping, folder.resolve("out"));
    }

    private Path mapping(String rows) throws IOException {
        return Files.writeString(folder.resolve("mapping.json"), rows);
    }

    private int[] tokens(String name) {
        try (var file = TokenFile.openNpy(folder.resolve("out").resolve(name))) {
            return file.tokens(0, (int) file.size());
        }
    }
}
