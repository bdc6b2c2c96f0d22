package io.retcon.indexer.dense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retcon.schemas.RefusedInput;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

class VectorStoreTest {
    private static final VectorIdentity IDENTITY = new VectorIdentity("window", "e5", 5);

    private static final int ROUNDS = 25;

    @TempDir Path folder;

    private final List<String> messages = new ArrayList<>();

    @Test
    void encodingGoesOnWhereTheLastCommitWas() {
        for (int seed = 0; seed < 10; seed++) {
            // Given
            var random = new Random(seed);
            var path = folder.resolve("seed-" + seed);
            var expected = vectors(random, random.nextInt(2000));
            int encoded = 0;
            // When
            while (stored(path) < expected.size()) {
                try (var store = open(path)) {
                    int more = random.nextInt(expected.size() - store.documents() + 1);
                    for (int i = 0; i < more; i++) {
                        store.add(expected.get(store.documents()));
                        encoded++;
                        if (random.nextInt(200) == 0) {
                            store.commit();
                        }
                    }
                    if (random.nextBoolean()) {
                        store.commit();
                    }
                }
            }
            // Then
            assertHolds(path, expected, seed);
            assertThat(encoded).isGreaterThanOrEqualTo(expected.size());
        }
        assertThat(messages).allMatch(message -> message.contains("are not whole (no segments"));
    }

    @Test
    void vectorsOfOtherDocumentsOrAnotherEncoderAreThrownAway() {
        for (var other :
                List.of(
                        new VectorIdentity("window", "bge", 5),
                        new VectorIdentity("another", "e5", 5))) {
            // Given
            messages.clear();
            fill(vectors(new Random(1), 10));
            // When
            try (var store = VectorStore.open(folder, other, messages::add)) {
                // Then
                assertThat(store.documents()).isZero();
            }
            assertThat(messages)
                    .containsExactly(
                            "the vectors in %s are of other documents, or another encoder's: making them anew"
                                    .formatted(folder));
        }
    }

    @Test
    void aDamagedStoreIsFoundAndThrownAway() throws IOException {
        var vectors = vectors(new Random(1), 1200);
        long first = freshSeed();
        for (int round = 0; round < ROUNDS; round++) {
            // Given
            fill(vectors);
            var damage = new DamagedFiles(folder, new Random(first + round)).damageOne();
            // When
            try (var store = open(folder)) {
                // Then
                assertThat(store.documents()).as("seed %d: %s", first + round, damage).isZero();
            }
            assertThat(messages).as("seed %d: %s", first + round, damage).hasSize(round + 1);
        }
    }

    @Test
    void aDamagedGraphIsFoundAndBuiltAgain() throws IOException {
        var vectors = vectors(new Random(2), 300);
        long first = freshSeed();
        fill(vectors);
        var path = folder.resolve("graph");
        try (var store = open(folder);
                var stored = store.vectors()) {
            for (int round = 0; round < ROUNDS; round++) {
                // Given
                VectorGraph.open(path, IDENTITY, stored, messages::add).close();
                var damage = new DamagedFiles(path, new Random(first + round)).damageOne();
                // When
                try (var graph = VectorGraph.open(path, IDENTITY, stored, messages::add)) {
                    // Then
                    var rows = new float[vectors.size() * 5];
                    graph.read(0, vectors.size(), rows);
                    assertThat(rows)
                            .as("seed %d: %s", first + round, damage)
                            .containsExactly(flat(vectors));
                }
                assertThat(messages).as("seed %d: %s", first + round, damage).hasSize(round + 1);
            }
        }
    }

    /** {@code -Dseed=N} repeats a round. */
    private static long freshSeed() {
        long seed = Long.getLong("seed", System.nanoTime() & 0xFFFFFF);
        System.out.println("damaged vectors from seed " + seed);
        return seed;
    }

    private static float[] flat(List<float[]> vectors) {
        var rows = new float[vectors.size() * 5];
        for (int i = 0; i < vectors.size(); i++) {
            System.arraycopy(vectors.get(i), 0, rows, 5 * i, 5);
        }
        return rows;
    }

    @Test
    void aStoreThatIsOpenIsRefused() {
        // Given
        try (var first = open(folder)) {
            first.commit();
            // Then
            assertThatThrownBy(() -> open(folder))
                    .isInstanceOf(RefusedInput.class)
                    .hasMessageContaining("are in use");
        }
    }

    @Test
    void vectorsMayBeLongerThanLuceneAllows() {
        // Given
        var identity = new VectorIdentity("window", "wide", 4096);
        var vector = new float[4096];
        vector[4095] = 3;
        // When
        try (var store = VectorStore.open(folder, identity, messages::add)) {
            store.add(vector);
            store.commit();
        }
        // Then
        try (var store = VectorStore.open(folder, identity, messages::add);
                var stored = store.vectors()) {
            var rows = new float[4096];
            stored.read(0, 1, rows);
            assertThat(rows).containsExactly(vector);
        }
        assertThatThrownBy(() -> new VectorIdentity("window", "wider", 1 << 20))
                .isInstanceOf(RefusedInput.class);
    }

    @Test
    void documentsAreEncodedInOrder() {
        // Given
        var tiny = TestingEncoder.in(folder.resolve("encoder"), 8);
        try (var encoder = new Encoder(tiny.folder, 2);
                var store =
                        VectorStore.open(
                                folder.resolve("store"),
                                VectorIdentity.of("window", encoder),
                                messages::add)) {
            var queue = new DocumentQueue(encoder, store::add, messages::add);
            // When
            for (int document = 0; document < 150; document++) {
                queue.add("x ".repeat(document).getBytes(StandardCharsets.UTF_8));
            }
            queue.flush();
            // Then
            try (var stored = store.vectors()) {
                var row = new float[8];
                for (int document = 0; document < 150; document++) {
                    stored.read(document, 1, row);
                    assertThat(row).containsExactly(encoder.question("x ".repeat(document)));
                }
                assertThat(stored.documents()).isEqualTo(150);
            }
        }
    }

    private VectorStore open(Path path) {
        return VectorStore.open(path, IDENTITY, messages::add);
    }

    private int stored(Path path) {
        try (var store = open(path)) {
            return store.documents();
        }
    }

    private void fill(List<float[]> vectors) {
        try (var store = open(folder)) {
            for (var vector : vectors) {
                store.add(vector);
                if (store.documents() % 400 == 0) {
                    store.commit();
                }
            }
            store.commit();
        }
    }

    private void assertHolds(Path path, List<float[]> expected, int seed) {
        try (var store = open(path);
                var vectors = store.vectors()) {
            assertThat(vectors.documents()).as("seed %d", seed).isEqualTo(expected.size());
            var rows = new float[expected.size() * 5];
            vectors.read(0, expected.size(), rows);
            for (int document = 0; document < expected.size(); document++) {
                assertThat(Arrays.copyOfRange(rows, 5 * document, 5 * document + 5))
                        .as("seed %d", seed)
                        .containsExactly(expected.get(document));
            }
        }
    }

    private static List<float[]> vectors(Random random, int count) {
        return IntStream.range(0, count)
                .mapToObj(
                        i -> {
                            var vector = new float[5];
                            for (int d = 0; d < 5; d++) {
                                vector[d] = random.nextFloat();
                            }
                            return vector;
                        })
                .toList();
    }
}
