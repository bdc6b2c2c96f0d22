package io.retcon.indexer.dense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

class SearchTest {
    private static final Nearest TEN = new Nearest(10, Double.NEGATIVE_INFINITY);

    @TempDir Path folder;

    private record Hit(int document, double score) {}

    /** Documents of a window, spread over parts as partitions spread them. */
    private record Spread(List<float[]> documents, int parts) {
        List<float[]> of(int part) {
            return IntStream.range(0, documents.size())
                    .filter(document -> document % parts == part)
                    .mapToObj(documents::get)
                    .toList();
        }

        IntUnaryOperator number(int part) {
            return local -> local * parts + part;
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void exactSearchEqualsBruteForceBitForBit(int threads) {
        for (int seed = 0; seed < 60; seed++) {
            // Given
            var random = new Random(seed);
            int dimension = 1 + random.nextInt(70);
            var documents = vectors(random, random.nextInt(200), dimension);
            var questions = vectors(random, random.nextInt(20), dimension);
            var nearest =
                    new Nearest(
                            1 + random.nextInt(random.nextBoolean() ? 10 : 400),
                            random.nextBoolean()
                                    ? Double.NEGATIVE_INFINITY
                                    : random.nextGaussian());
            var spread = new Spread(documents, 1 + random.nextInt(4));
            // When
            var found = exactly(spread, dimension, questions, nearest, threads);
            // Then
            assertThat(found)
                    .as("seed %d", seed)
                    .isEqualTo(
                            questions.stream()
                                    .map(question -> slowly(question, documents, nearest))
                                    .toList());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 50_000, 400_000, 3_000_000, 1L << 40})
    void blocksAndGroupsChangeNothing(long memory) {
        for (var nearest : List.of(TEN, new Nearest(Integer.MAX_VALUE / 2, 12))) {
            // Given
            var random = new Random(5);
            var documents = vectors(random, 3000, 33);
            var questions = vectors(random, 300, 33);
            var found = new ArrayList<List<Hit>>();
            // When
            try (var vectors = spilled(documents, 33)) {
                new ExactSearch(List.of(Part.whole(vectors)), 2, memory)
                        .find(questions, nearest, into(found));
            }
            // Then
            assertThat(found)
                    .isEqualTo(
                            questions.stream()
                                    .map(question -> slowly(question, documents, nearest))
                                    .toList());
        }
    }

    @Test
    void sameScoresStayInDocumentOrder() {
        // Given
        var documents = IntStream.range(0, 5000).mapToObj(i -> new float[] {i % 7, -1}).toList();
        // When
        var found =
                exactly(
                        new Spread(documents, 2),
                        2,
                        List.of(new float[] {0, 1}),
                        new Nearest(1000, Double.NEGATIVE_INFINITY),
                        1);
        // Then
        assertThat(found.getFirst().stream().map(Hit::document))
                .containsExactlyElementsOf(IntStream.range(0, 1000).boxed().toList());
        assertThat(found.getFirst()).allMatch(hit -> hit.score() == -1);
    }

    @Test
    void questionsOfAnotherDimensionAreAProgrammersMistake() {
        try (var vectors = spilled(List.of(), 3)) {
            var search = new ExactSearch(List.of(Part.whole(vectors)), 1);
            assertThatThrownBy(() -> search.find(List.of(new float[2]), TEN, (q, d, s) -> {}))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void approximateSearchSaysWhatItMisses() {
        // Given
        var random = new Random(7);
        var documents = vectors(random, 4000, 16);
        var questions = vectors(random, 50, 16);
        var spread = new Spread(documents, 2);
        // When
        var found = new ArrayList<List<Hit>>();
        var recall = approximately(spread, 16, questions, TEN, folder, found);
        // Then
        double exact = 0;
        for (int question = 0; question < questions.size(); question++) {
            var expected = slowly(questions.get(question), documents, TEN);
            assertThat(found.get(question)).hasSize(10).isSortedAccordingTo(best());
            assertThat(found.get(question).getFirst().score())
                    .isEqualTo(
                            InnerProducts.one(
                                    questions.get(question),
                                    documents.get(found.get(question).getFirst().document()),
                                    0));
            exact += expected.stream().filter(found.get(question)::contains).count() / 500.0;
        }
        assertThat(recall.questions()).isEqualTo(32);
        assertThat(recall.mean()).isBetween(0.8, 1.0);
        assertThat(exact).isBetween(recall.mean() - 0.1, recall.mean() + 0.1);
        assertThat(recall.lowest()).isLessThanOrEqualTo(recall.mean());
        assertThat(recall)
                .hasToString(
                        "approximate search finds %.1f %% of the 10 nearest documents, and %.1f %% for the worst of 32 questions tried"
                                .formatted(100 * recall.mean(), 100 * recall.lowest()));
    }

    @Test
    void theSameVectorsGiveTheSameGraph() {
        // Given
        var random = new Random(8);
        var documents = vectors(random, 3000, 40);
        var questions = vectors(random, 20, 40);
        var spread = new Spread(documents, 1);
        // When
        var built = new ArrayList<List<Hit>>();
        var reopened = new ArrayList<List<Hit>>();
        var builtElsewhere = new ArrayList<List<Hit>>();
        var first = approximately(spread, 40, questions, TEN, folder.resolve("a"), built);
        var again = approximately(spread, 40, questions, TEN, folder.resolve("a"), reopened);
        var other = approximately(spread, 40, questions, TEN, folder.resolve("b"), builtElsewhere);
        // Then
        assertThat(built).isEqualTo(reopened).isEqualTo(builtElsewhere);
        assertThat(first).isEqualTo(again).isEqualTo(other);
    }

    @Test
    void aGraphOfFewerDocumentsIsBuiltAnew() {
        // Given
        var documents = vectors(new Random(9), 300, 8);
        var found = new ArrayList<List<Hit>>();
        approximately(new Spread(documents.subList(0, 200), 1), 8, documents, TEN, folder, found);
        found.clear();
        // When
        var recall =
                approximately(
                        new Spread(documents, 1), 8, documents, new Nearest(300, 0), folder, found);
        // Then
        assertThat(recall.mean()).isEqualTo(1);
        assertThat(found)
                .isEqualTo(
                        documents.stream()
                                .map(question -> slowly(question, documents, new Nearest(300, 0)))
                                .toList());
    }

    @Test
    void nothingIsNearestToAQuestionAmongNoDocuments() {
        // Given
        var found = new ArrayList<List<Hit>>();
        // When
        var recall =
                approximately(
                        new Spread(List.of(), 2),
                        4,
                        vectors(new Random(1), 3, 4),
                        TEN,
                        folder,
                        found);
        // Then
        assertThat(found).containsExactly(List.of(), List.of(), List.of());
        assertThat(recall.mean()).isEqualTo(1);
    }

    private static List<List<Hit>> exactly(
            Spread spread, int dimension, List<float[]> questions, Nearest nearest, int threads) {
        var parts = new ArrayList<Part<SpilledVectors>>();
        for (int part = 0; part < spread.parts(); part++) {
            parts.add(new Part<>(spilled(spread.of(part), dimension), spread.number(part)));
        }
        var found = new ArrayList<List<Hit>>();
        new ExactSearch(parts, threads).find(questions, nearest, into(found));
        parts.forEach(part -> part.vectors().close());
        return found;
    }

    private static Recall approximately(
            Spread spread,
            int dimension,
            List<float[]> questions,
            Nearest nearest,
            Path folder,
            List<List<Hit>> found) {
        var parts = new ArrayList<Part<VectorGraph>>();
        for (int part = 0; part < spread.parts(); part++) {
            try (var vectors = spilled(spread.of(part), dimension)) {
                var graph =
                        VectorGraph.open(
                                folder.resolve("part-" + part),
                                new VectorIdentity("window", "encoder", dimension),
                                vectors,
                                message -> {});
                parts.add(new Part<>(graph, spread.number(part)));
            }
        }
        var recall = new ApproximateSearch(parts, 2).find(questions, nearest, 11, into(found));
        parts.forEach(part -> part.vectors().close());
        return recall;
    }

    private static RankedDocuments into(List<List<Hit>> found) {
        return (question, documents, scores) -> {
            assertThat(question).isEqualTo(found.size());
            found.add(
                    IntStream.range(0, documents.length)
                            .mapToObj(i -> new Hit(documents[i], scores[i]))
                            .toList());
        };
    }

    private static List<Hit> slowly(float[] question, List<float[]> documents, Nearest nearest) {
        var hits = new ArrayList<Hit>();
        for (int document = 0; document < documents.size(); document++) {
            float sum = 0;
            for (int d = 0; d < question.length; d++) {
                sum = Math.fma(question[d], documents.get(document)[d], sum);
            }
            if (sum >= nearest.threshold()) {
                hits.add(new Hit(document, sum));
            }
        }
        return hits.stream().sorted(best()).limit(nearest.k()).toList();
    }

    private static Comparator<Hit> best() {
        return Comparator.comparingDouble(Hit::score).reversed().thenComparingInt(Hit::document);
    }

    private static SpilledVectors spilled(List<float[]> vectors, int dimension) {
        var spilled = new SpilledVectors(dimension);
        vectors.forEach(spilled::add);
        spilled.flush();
        return spilled;
    }

    /** Of small whole numbers now and then, so that scores tie. */
    private static List<float[]> vectors(Random random, int count, int dimension) {
        boolean ties = random.nextInt(3) == 0;
        return IntStream.range(0, count)
                .mapToObj(
                        i -> {
                            var vector = new float[dimension];
                            for (int d = 0; d < dimension; d++) {
                                vector[d] =
                                        ties
                                                ? random.nextInt(3) - 1
                                                : (float) random.nextGaussian();
                            }
                            return vector;
                        })
                .toList();
    }
}
