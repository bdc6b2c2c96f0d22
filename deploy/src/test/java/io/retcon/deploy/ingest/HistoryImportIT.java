package io.retcon.deploy.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retcon.deploy.stack.DataFolder;
import io.retcon.deploy.stack.Stack;
import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.history.NpyWriter;
import io.retcon.schemas.history.RunManifests;
import io.retcon.schemas.history.TokenType;
import io.retcon.schemas.record.TokenWidth;
import io.retcon.schemas.topic.Cluster;
import io.retcon.streams.ingest.HistoryImport;
import io.retcon.streams.ingest.HistoryShape;
import io.retcon.streams.ingest.ImportedHistory;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;

class HistoryImportIT {
    private static final int VOCABULARY = 50_257;

    @TempDir private Path folder;

    @Test
    void takesFilesForWhatTheyAreAndPublishesNothingOfOthers() throws Exception {
        // Given
        var headerless = Files.write(folder.resolve("part-0.npy"), u16(32 * 4 * 32 + 20));
        var array = folder.resolve("array.bin");
        NpyWriter.write(array, new int[][] {{1, 2, 0, 4}, {5, 6, 7, 0}}, TokenWidth.U16);
        var parquet =
                Files.writeString(folder.resolve("tokens.bin"), "PAR1" + "\0\u0001".repeat(64));
        try (var data = DataFolder.claim(folder.resolve("data"));
                var stack = Stack.embedded(data, 0, 2, List.of(), part -> {})) {
            var cluster = stack.cluster();
            // When
            var one = run(cluster, shape("one", 4, 32), Optional.of(TokenType.U16), headerless);
            var two = run(cluster, shape("two", 1, 4), Optional.empty(), array);
            // Then
            assertThat(one.manifest().getSteps()).isEqualTo(32);
            assertThat(one.caveats())
                    .contains("20 tokens at files' ends fill no sequence of 32 and were left out");
            assertThat(two.manifest().getSteps()).isEqualTo(2);
            assertThat(two.caveats()).isEmpty();
            assertThatThrownBy(
                            () ->
                                    run(
                                            cluster,
                                            shape("none", 4, 32),
                                            Optional.of(TokenType.U16),
                                            headerless,
                                            parquet))
                    .isInstanceOf(RefusedInput.class)
                    .hasMessageContaining("tokens.bin is a Parquet file");
            assertThat(RunManifests.read(cluster).step("none", 0)).isEmpty();
        }
    }

    private static ImportedHistory run(
            Cluster cluster, HistoryShape shape, Optional<TokenType> type, Path... files) {
        return new HistoryImport(cluster, shape, type)
                .run(
                        List.of(files),
                        refused -> {
                            throw refused;
                        },
                        steps -> {});
    }

    private static HistoryShape shape(String run, int batch, int length) {
        return new HistoryShape(run, batch, length, VOCABULARY, 0, Optional.empty());
    }

    private static byte[] u16(int tokens) {
        var bytes = ByteBuffer.allocate(tokens * 2).order(ByteOrder.LITTLE_ENDIAN);
        new Random(7).ints(tokens, 0, VOCABULARY).forEach(token -> bytes.putShort((short) token));
        return bytes.array();
    }
}
