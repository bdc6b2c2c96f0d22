package io.retcon.indexer.dense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.retcon.indexer.match.Cut;
import io.retcon.indexer.match.DenseMatcher;
import io.retcon.indexer.match.ItemMatches;
import io.retcon.indexer.match.Matches;
import io.retcon.indexer.match.QueryText;
import io.retcon.indexer.match.VectorSearch;
import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.record.Item;
import io.retcon.schemas.tokenizer.TestingTokenizers;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

class DenseMatcherTest {
    @TempDir Path folder;

    @Test
    void rankingsEqualTheSlowTwins() {
        // Given
        var questions = TestingEncoder.in(folder, 16);
        var documents = questions.withDocuments(16, 2);
        var texts = texts(new Random(1), 300);
        var items = items(new Random(2), 30);
        // When
        var found = pass(matcher(Cut.topK(1000)), items, texts);
        // Then
        for (int item = 0; item < items.size(); item++) {
            assertThat(found.get(item).documents()).hasSize(300);
            var question = questions.slowly(QueryText.QUESTION_AND_GOLD.of(items.get(item)), 256);
            double before = Double.POSITIVE_INFINITY;
            for (int rank = 0; rank < 300; rank++) {
                var text = texts.get(found.get(item).documents()[rank]);
                var document = documents.slowly(text, 256);
                double product =
                        IntStream.range(0, 16).mapToDouble(d -> question[d] * document[d]).sum();
                assertThat(product)
                        .isCloseTo(found.get(item).scores()[rank], within(1e-6))
                        .isLessThan(before + 1e-6);
                before = product;
            }
        }
    }

    @Test
    void storesGraphsAndStreamsGiveTheSame() {
        // Given
        TestingEncoder.in(folder.resolve("encoder"), 16).withDocuments(16, 3);
        var texts = texts(new Random(3), 700);
        var items = items(new Random(4), 40);
        var matcher = matcher(folder.resolve("encoder"), Cut.topK(20));
        var missed = new ArrayList<Recall>();
        try (var encoder = matcher.open();
                var store = store(encoder)) {
            // When
            fill(encoder, store, texts.subList(0, 600));
            fill(encoder, store, texts);
            // Then
            try (var vectors = store.vectors();
                    var graph =
                            VectorGraph.open(
                                    folder.resolve("graph"),
                                    VectorIdentity.of("window", encoder),
                                    vectors,
                                    message -> {})) {
                var asked = matcher.questions(encoder, items);
                var streamed = pass(matcher, items, texts);
                assertSame(read(matcher.matches(asked, List.of(Part.whole(vectors)))), streamed);
                var walked =
                        read(
                                matcher.approximateMatches(
                                        asked, List.of(Part.whole(graph)), missed::add));
                assertThat(walked).hasSameSizeAs(streamed);
            }
        }
        assertThat(missed).singleElement().extracting(Recall::questions).isEqualTo(32);
    }

    @Test
    void whatTheStoreHoldsIsNotEncodedAgain() {
        // Given
        TestingEncoder.in(folder.resolve("encoder"), 4);
        var texts = texts(new Random(5), 100);
        var other = new ArrayList<>(texts);
        try (var encoder = new Encoder(folder.resolve("encoder"), 1)) {
            try (var store = store(encoder)) {
                fill(encoder, store, texts.subList(0, 60));
            }
            // When
            other.replaceAll(text -> "x");
            try (var store = store(encoder)) {
                fill(encoder, store, other);
                // Then
                try (var vectors = store.vectors()) {
                    var row = new float[4];
                    vectors.read(59, 1, row);
                    assertThat(row).containsExactly(encoder.question(texts.get(59)));
                    vectors.read(60, 1, row);
                    assertThat(row).containsExactly(encoder.question("x"));
                }
                assertThatThrownBy(() -> fill(encoder, store, texts.subList(0, 60)))
                        .isInstanceOf(IllegalStateException.class);
            }
        }
    }

    @Test
    void aThresholdAloneEndsTheRanking() {
        // Given
        TestingEncoder.in(folder, 8);
        var texts = texts(new Random(6), 50);
        var items = items(new Random(7), 10);
        var all = pass(matcher(Cut.topK(50)), items, texts);
        double threshold = all.getFirst().scores()[25];
        // When
        var found =
                pass(
                        matcher(new Cut(OptionalInt.empty(), OptionalDouble.of(threshold))),
                        items,
                        texts);
        // Then
        for (int item = 0; item < items.size(); item++) {
            var scores = all.get(item).scores();
            int kept = 0;
            while (kept < 50 && scores[kept] >= threshold) {
                kept++;
            }
            assertThat(found.get(item).documents())
                    .containsExactly(Arrays.copyOf(all.get(item).documents(), kept));
        }
    }

    @Test
    void aWindowWithoutDocumentsAndOneOfEmptyOnesAreMatched() {
        // Given
        TestingEncoder.in(folder, 8);
        var items = items(new Random(8), 2);
        // When
        var none = pass(matcher(Cut.topK(3)), items, List.of());
        var empty = pass(matcher(Cut.topK(3)), items, List.of("", "", "", ""));
        // Then
        assertThat(none).allMatch(found -> found.documents().length == 0);
        assertThat(empty)
                .allSatisfy(found -> assertThat(found.documents()).containsExactly(0, 1, 2));
    }

    @Test
    void anotherEncoderThanAskedForIsRefused() {
        // Given
        TestingEncoder.in(folder, 8);
        var matcher =
                new DenseMatcher(
                        QueryText.QUESTION,
                        folder,
                        Optional.of("0a1b"),
                        Cut.topK(1),
                        VectorSearch.EXACT,
                        1);
        // Then
        assertThatThrownBy(() -> matcher.begin(List.of()))
                .isInstanceOf(RefusedInput.class)
                .hasMessageContaining("has the SHA-256 ")
                .hasMessageContaining("but 0a1b was asked for");
    }

    @Test
    void anItemWithoutSubjectIsRefused() {
        // Given
        TestingEncoder.in(folder, 8);
        var matcher =
                new DenseMatcher(
                        QueryText.SUBJECT_AND_OBJECT,
                        folder,
                        Optional.empty(),
                        Cut.topK(1),
                        VectorSearch.EXACT,
                        1);
        // Then
        assertThatThrownBy(() -> matcher.begin(items(new Random(9), 1)))
                .isInstanceOf(RefusedInput.class)
                .hasMessageContaining("has no subject");
    }

    @Test
    void anItemThatTheEncodersCannotReadIsNotFindableAndRefusedByName() {
        // Given
        TestingEncoder.in(folder, 8)
                .write("question.onnx", TestingEncoder.withTokens(folder, 1_600, 8))
                .write("tokenizer.json", TestingTokenizers.withoutUnknown().toString());
        var one = items(new Random(10), 1).getFirst();
        var items =
                Stream.of("cats", "cats \u2603", "dogs")
                        .map(text -> Item.newBuilder(one).setQuery(text).setId(text).build())
                        .toList();
        var matcher = matcher(Cut.topK(1));
        // When
        var findable = matcher.findable(items);
        // Then
        assertThat(findable).containsExactly(items.get(0), items.get(2));
        assertThatThrownBy(() -> matcher.begin(items))
                .isInstanceOf(RefusedInput.class)
                .hasMessageContaining("item 'cats \u2603'")
                .hasMessageContaining("cannot read the text");
    }

    private DenseMatcher matcher(Cut cut) {
        return matcher(folder, cut);
    }

    private static DenseMatcher matcher(Path encoder, Cut cut) {
        return new DenseMatcher(
                QueryText.QUESTION_AND_GOLD, encoder, Optional.empty(), cut, VectorSearch.EXACT, 2);
    }

    private VectorStore store(Encoder encoder) {
        return VectorStore.open(
                folder.resolve("store"), VectorIdentity.of("window", encoder), message -> {});
    }

    private static void fill(Encoder encoder, VectorStore store, List<String> texts) {
        var filling = new StoreFilling(encoder, store, message -> {});
        texts.forEach(text -> filling.add(text.getBytes(StandardCharsets.UTF_8)));
        filling.end();
    }

    private static List<ItemMatches.Scored> pass(
            DenseMatcher matcher, List<Item> items, List<String> texts) {
        var matching = matcher.begin(items);
        texts.forEach(text -> matching.add(text.getBytes(StandardCharsets.UTF_8)));
        return read(matching.end());
    }

    private static List<ItemMatches.Scored> read(Matches matches) {
        var read = new ArrayList<ItemMatches.Scored>();
        matches.forEach(
                found -> {
                    assertThat(found.item()).isEqualTo(read.size());
                    read.add((ItemMatches.Scored) found);
                });
        return read;
    }

    private static void assertSame(
            List<ItemMatches.Scored> found, List<ItemMatches.Scored> expected) {
        assertThat(found).hasSameSizeAs(expected);
        for (int item = 0; item < found.size(); item++) {
            assertThat(found.get(item).documents()).containsExactly(expected.get(item).documents());
            assertThat(found.get(item).scores()).containsExactly(expected.get(item).scores());
        }
    }

    private static List<Item> items(Random random, int count) {
        return IntStream.range(0, count)
                .mapToObj(
                        i ->
                                Item.newBuilder()
                                        .setBenchmark("b")
                                        .setId("i" + i)
                                        .setQuery(texts(random, 1).getFirst())
                                        .setChoices(List.of("rome", "italy"))
                                        .setGold(i % 2)
                                        .build())
                .toList();
    }

    private static List<String> texts(Random random, int count) {
        return IntStream.range(0, count)
                .mapToObj(
                        i ->
                                String.join(
                                        " ",
                                        random.ints(
                                                        random.nextInt(12),
                                                        0,
                                                        TestingEncoder.WORDS.size())
                                                .mapToObj(TestingEncoder.WORDS::get)
                                                .toList()))
                .toList();
    }
}
