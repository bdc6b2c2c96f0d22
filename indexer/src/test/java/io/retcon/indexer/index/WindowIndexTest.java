package io.retcon.indexer.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retcon.indexer.bm25.Bm25;
import io.retcon.indexer.bm25.Bm25Scorer;
import io.retcon.indexer.bm25.QueryWords;
import io.retcon.indexer.bm25.Tokenization;
import io.retcon.indexer.match.Bm25Matcher;
import io.retcon.indexer.match.Cut;
import io.retcon.indexer.match.ItemMatches;
import io.retcon.indexer.match.Matches;
import io.retcon.indexer.match.QueryText;
import io.retcon.schemas.history.RunManifests;
import io.retcon.schemas.history.Window;
import io.retcon.schemas.record.DocumentRef;
import io.retcon.schemas.record.DocumentSpan;
import io.retcon.schemas.record.Item;
import io.retcon.schemas.record.Manifest;
import io.retcon.schemas.record.RunManifest;
import io.retcon.schemas.record.StepManifest;
import io.retcon.schemas.record.TokenWidth;
import io.retcon.schemas.testing.SeededTest;

import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;

class WindowIndexTest {
    private static final List<String> PIECES =
            List.of("ab", "cd", "Ab", "ef", "the", "and", "x", "éé", "日本", "😀", " ", " ", "-");
    private static final int TOKENS = 8;

    /** A sequence of a history of random texts; its tokens are only bytes to check. */
    private record Sequence(byte[] tokens, List<DocumentSpan> spans, List<byte[]> texts) {
        long crc32c() {
            var crc = new CRC32C();
            crc.update(tokens);
            return crc.getValue();
        }
    }

    private record History(RunManifest manifest, List<Sequence> sequences) {
        RunManifests manifests() {
            var manifests = new ArrayList<Manifest>();
            manifests.add(new Manifest("run", manifest));
            for (long step = 0; step < manifest.getSteps(); step++) {
                var crc = new CRC32C();
                int perStep = manifest.getSequencesPerStep();
                for (int i = 0; i < perStep; i++) {
                    crc.update(sequences.get((int) step * perStep + i).tokens());
                }
                manifests.add(new Manifest("run", new StepManifest(step, perStep, crc.getValue())));
            }
            return RunManifests.of(manifests);
        }
    }

    @SeededTest(tries = 60)
    void matchesEqualOneIndexInMemoryWhateverThePartitionsTheOrderAndTheCrashes(Random random)
            throws IOException {
        // Given
        var history = randomHistory(random);
        long steps = history.manifest().getSteps();
        long from = random.nextInt((int) steps);
        var window = new Window(from, from + 1 + random.nextInt((int) (steps - from)));
        var items = randomItems(random);
        var matcher =
                new Bm25Matcher(
                        QueryText.QUESTION,
                        new Bm25(1.2, 0.6, Tokenization.values()[random.nextInt(2)]),
                        Cut.topK(1 + random.nextInt(20)));
        // When
        var directories = fill(history, window, random);
        // Then
        try (var index = open(directories, history, window)) {
            var queries = new QueryWords(matcher.bm25().tokenization(), matcher.queries(items));
            var scorer =
                    new Bm25Scorer(
                            matcher.bm25(),
                            queries,
                            index.words(queries, matcher.bm25().tokenization()));
            var texts = new ArrayList<byte[]>();
            var documents = new ArrayList<DocumentRef>();
            index.forEach(documents::add);
            index.texts(
                    new WindowIndex.TextSink() {
                        @Override
                        public void document(DocumentRef place, byte[] text) {
                            texts.add(text);
                        }

                        @Override
                        public void endOfSequence() {}
                    });
            var expected = expected(history, window);
            assertThat(documents).isEqualTo(List.copyOf(expected.keySet()));
            assertThat(texts).containsExactlyElementsOf(expected.values());
            var pass = matcher.begin(items);
            expected.values().forEach(pass::add);
            assertThat(rows(matcher.matches(scorer, items.size()))).isEqualTo(rows(pass.end()));
        }
    }

    @SeededTest(tries = 20)
    void anIndexOfOtherTokensIsDamaged(Random random) throws IOException {
        // Given
        var history = randomHistory(random);
        var window = new Window(0, history.manifest().getSteps());
        int wrong = random.nextInt(history.sequences().size());
        var other = new ArrayList<>(history.sequences());
        var tokens = other.get(wrong).tokens().clone();
        tokens[random.nextInt(tokens.length)] ^= 4;
        other.set(wrong, new Sequence(tokens, other.get(wrong).spans(), other.get(wrong).texts()));
        var directories = fill(new History(history.manifest(), other), window, random);
        // When, Then
        assertThatThrownBy(() -> open(directories, history, window))
                .isInstanceOf(DamagedIndex.class)
                .hasMessageContaining(
                        "step %d of run 'run'"
                                .formatted(wrong / history.manifest().getSequencesPerStep()));
    }

    @SeededTest(tries = 20)
    void anIndexThatLacksAPartitionIsDamaged(Random random) throws IOException {
        // Given
        var history = randomHistory(random);
        var window = new Window(0, history.manifest().getSteps());
        var directories = fill(history, window, random);
        int lost =
                random.nextInt(
                        Math.min(history.manifest().getPartitions(), history.sequences().size()));
        directories.set(lost, new ByteBuffersDirectory());
        try (var nothing = writer(directories.get(lost), history, window, lost)) {
            nothing.commit();
        }
        // When, Then
        assertThatThrownBy(() -> open(directories, history, window))
                .isInstanceOf(DamagedIndex.class);
    }

    @SeededTest(tries = 200)
    void checksumsOfPartsMakeTheChecksumOfTheWhole(Random random) {
        // Given
        int length = random.nextInt(70);
        var join = new Crc32cJoin(length);
        var whole = new CRC32C();
        long joined = 0;
        for (int part = 0; part < 5; part++) {
            var bytes = new byte[length];
            random.nextBytes(bytes);
            whole.update(bytes);
            var crc = new CRC32C();
            crc.update(bytes);
            // When
            joined = join.join(joined, crc.getValue());
            // Then
            assertThat(joined).isEqualTo(whole.getValue());
        }
    }

    /** Partitions advance in any order; each is committed and crashes at random places. */
    private static List<Directory> fill(History history, Window window, Random random)
            throws IOException {
        int partitions = history.manifest().getPartitions();
        List<Directory> directories = new ArrayList<>();
        var writers = new ArrayList<PartitionWriter>();
        for (int p = 0; p < partitions; p++) {
            directories.add(new ByteBuffersDirectory());
            writers.add(writer(directories.get(p), history, window, p));
        }
        var open = new ArrayList<>(IntStream.range(0, partitions).boxed().toList());
        while (!open.isEmpty()) {
            int p = open.get(random.nextInt(open.size()));
            var writer = writers.get(p);
            switch (random.nextInt(8)) {
                case 0 -> writer.commit();
                case 1 -> {
                    writer.close();
                    writers.set(p, writer(directories.get(p), history, window, p));
                }
                default -> {
                    if (writer.next() >= window.to() * history.manifest().getSequencesPerStep()) {
                        writer.commit();
                        writer.close();
                        open.remove((Integer) p);
                    } else {
                        var sequence = history.sequences().get((int) writer.next());
                        writer.add(sequence.spans(), sequence.texts(), sequence.crc32c());
                    }
                }
            }
        }
        return directories;
    }

    private static PartitionWriter writer(
            Directory directory, History history, Window window, int partition) throws IOException {
        return new PartitionWriter(
                directory, new WindowPartition("run", history.manifest(), window, partition));
    }

    private static WindowIndex open(List<Directory> directories, History history, Window window)
            throws IOException {
        var readers = new ArrayList<DirectoryReader>();
        for (var directory : directories) {
            readers.add(DirectoryReader.open(directory));
        }
        return new WindowIndex(readers, history.manifests(), "run", window);
    }

    private static Map<DocumentRef, byte[]> expected(History history, Window window) {
        var expected = new LinkedHashMap<DocumentRef, byte[]>();
        int perStep = history.manifest().getSequencesPerStep();
        for (int g = 0; g < history.sequences().size(); g++) {
            if (window.contains(g / perStep)) {
                var sequence = history.sequences().get(g);
                for (int i = 0; i < sequence.spans().size(); i++) {
                    var span = sequence.spans().get(i);
                    expected.put(
                            new DocumentRef(
                                    span.getId(),
                                    (long) g / perStep,
                                    g % perStep,
                                    span.getStart(),
                                    span.getLength()),
                            sequence.texts().get(i));
                }
            }
        }
        return expected;
    }

    private static Map<Integer, List<Object>> rows(Matches matches) {
        var rows = new HashMap<Integer, List<Object>>();
        matches.forEach(
                found -> {
                    var scored = (ItemMatches.Scored) found;
                    rows.put(
                            scored.item(),
                            List.of(
                                    Arrays.stream(scored.documents()).boxed().toList(),
                                    Arrays.stream(scored.scores()).boxed().toList()));
                });
        return rows;
    }

    private static History randomHistory(Random random) {
        int partitions = 1 + random.nextInt(8);
        int perStep = 1 + random.nextInt(6);
        long steps = 1 + random.nextInt(6);
        var sequences = new ArrayList<Sequence>();
        for (int g = 0; g < perStep * steps; g++) {
            var tokens = new byte[TOKENS * Short.BYTES];
            random.nextBytes(tokens);
            var spans = new ArrayList<DocumentSpan>();
            var texts = new ArrayList<byte[]>();
            for (int start = 0; random.nextInt(4) > 0 && start < TOKENS; start += 2) {
                spans.add(new DocumentSpan("d-%d-%d".formatted(g, start), start, 1));
                texts.add(randomText(random));
            }
            sequences.add(new Sequence(tokens, spans, texts));
        }
        return new History(
                new RunManifest(
                        perStep, TOKENS, partitions, 99, TokenWidth.U16, 0, null, null, steps),
                sequences);
    }

    private static List<Item> randomItems(Random random) {
        var items = new ArrayList<Item>();
        for (int i = 0; i < 1 + random.nextInt(5); i++) {
            items.add(
                    Item.newBuilder()
                            .setBenchmark("b")
                            .setId("i" + i)
                            .setQuery(new String(randomText(random), StandardCharsets.UTF_8))
                            .setChoices(List.of("x", "y"))
                            .setGold(0)
                            .build());
        }
        return items;
    }

    /** Sometimes empty, sometimes broken, once in a while one word longer than Lucene takes. */
    private static byte[] randomText(Random random) {
        var text = new StringBuilder();
        for (int i = random.nextInt(20); i > 0; i--) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        if (random.nextInt(200) == 0) {
            text.append(" ").append("long".repeat(9000)).append(" ");
        }
        var bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        return random.nextInt(10) == 0 && bytes.length > 1
                ? Arrays.copyOf(bytes, bytes.length - 1)
                : bytes;
    }
}
