package io.retcon.indexer.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.retcon.indexer.dense.DamagedFiles;
import io.retcon.indexer.index.IndexFolder;
import io.retcon.indexer.index.WindowIndex;
import io.retcon.indexer.index.WindowIndexes;
import io.retcon.schemas.history.RunManifests;
import io.retcon.schemas.history.Window;
import io.retcon.schemas.record.DocumentRef;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/**
 * Window indexes of which any file is cut short, changed or lost are built again from the history.
 * {@code -Dretcon.rounds=N} takes more rounds, {@code -Dseed=N} repeats the first one.
 */
class DamagedIndexIT {
    private static final String RUN = "run";
    private static final Window WINDOW = new Window(2, 14);

    @TempDir private Path folder;

    @Test
    void whateverFileIsDamagedTheTextsAreThoseOfTheHistory() throws Exception {
        // Given
        long seed = Long.getLong("seed", System.nanoTime() & 0xFFFFFF);
        int rounds = Integer.getInteger("retcon.rounds", 20);
        System.out.println("damaged window indexes from seed " + seed + ", rounds " + rounds);
        try (var broker = TestingBroker.start(folder.resolve("broker"), 3)) {
            var run = TestingRun.publish(broker.cluster(), folder, RUN, 16, seed);
            var manifests = RunManifests.read(broker.cluster());
            var windows = folder.resolve("windows");
            var indexes = new WindowIndexes(broker.cluster(), new IndexFolder(windows), 2);
            var expected = new LinkedHashMap<DocumentRef, String>();
            run.documents()
                    .forEach(
                            (document, text) -> {
                                if (WINDOW.contains(document.getStep())) {
                                    expected.put(document, text);
                                }
                            });
            for (int round = 0; round < rounds; round++) {
                assertThat(texts(indexes, manifests)).isEqualTo(expected);
                // When
                var damage = new DamagedFiles(windows, new Random(seed + round)).damageOne();
                // Then
                assertThat(texts(indexes, manifests))
                        .as("seed %d: %s", seed + round, damage)
                        .containsExactlyEntriesOf(expected);
            }
        }
    }

    private static Map<DocumentRef, String> texts(WindowIndexes indexes, RunManifests manifests) {
        var texts = new LinkedHashMap<DocumentRef, String>();
        try (var index = indexes.open(manifests, RUN, WINDOW, sequences -> {})) {
            index.texts(
                    new WindowIndex.TextSink() {
                        @Override
                        public void document(DocumentRef place, byte[] text) {
                            texts.put(place, new String(text, StandardCharsets.UTF_8));
                        }

                        @Override
                        public void endOfSequence() {}
                    });
        }
        return texts;
    }
}
