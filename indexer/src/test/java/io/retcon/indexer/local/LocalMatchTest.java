package io.retcon.indexer.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.retcon.indexer.bm25.Bm25;
import io.retcon.indexer.match.Bm25Matcher;
import io.retcon.indexer.match.Boundary;
import io.retcon.indexer.match.CooccurrenceMatcher;
import io.retcon.indexer.match.Cut;
import io.retcon.indexer.match.Matcher;
import io.retcon.indexer.match.Overlap;
import io.retcon.indexer.match.QueryText;
import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.item.ItemName;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;

class LocalMatchTest {
    private static final Path SHARED = Path.of("..", "..", "shared");
    private static final Matcher COOCCURRENCE =
            new CooccurrenceMatcher(Overlap.REFERENCE, Boundary.NONE);

    @TempDir private Path folder;

    @Test
    void equalsTheReferenceOnRealTextAndItems() throws IOException {
        // Given
        var golden = SHARED.resolve("golden/match/reference.cooccurrence.tsv.gz");
        assumeTrue(Files.exists(golden), "golden cases are absent: " + golden);
        var corpus = List.of(SHARED.resolve("data/corpus/reference.jsonl.gz"));
        var items = pararel();
        // When
        var found = run(COOCCURRENCE, corpus, items);
        // Then
        assertThat(found).containsExactlyInAnyOrderElementsOf(gunzippedLines(golden));
    }

    @Test
    void bm25EqualsTheReferenceOnRealTextAndItems() throws IOException {
        // Given
        var golden = SHARED.resolve("golden/match/reference.bm25.tsv.gz");
        assumeTrue(Files.exists(golden), "golden cases are absent: " + golden);
        var expected =
                gunzippedLines(golden).stream().map(line -> List.of(line.split("\t"))).toList();
        var asked = expected.stream().map(List::getFirst).collect(Collectors.toSet());
        var corpus = List.of(SHARED.resolve("data/corpus/reference.jsonl.gz"));
        var rows = new ArrayList<LocalMatch.Row.Scored>();
        // When
        new LocalMatch(
                        new Bm25Matcher(QueryText.QUESTION_AND_GOLD, new Bm25(), Cut.topK(200)),
                        new LocalFiles(corpus, pararel()))
                .run(
                        row -> {
                            if (asked.contains(row.name().id())) {
                                rows.add((LocalMatch.Row.Scored) row);
                            }
                        },
                        refused -> {
                            throw refused;
                        });
        // Then
        var byItem = rows.stream().collect(Collectors.groupingBy(row -> row.name().id()));
        expected.stream()
                .collect(Collectors.groupingBy(List::getFirst))
                .forEach((item, lines) -> assertRanking(byItem.get(item), lines));
        assertThat(rows).hasSameSizeAs(expected);
    }

    private static void assertRanking(
            List<LocalMatch.Row.Scored> found, List<List<String>> expected) {
        assertThat(found)
                .extracting(LocalMatch.Row::document)
                .containsExactlyElementsOf(expected.stream().map(line -> line.get(1)).toList());
        for (int rank = 0; rank < found.size(); rank++) {
            assertThat(found.get(rank).score())
                    .isCloseTo(Double.parseDouble(expected.get(rank).get(2)), within(1e-5));
        }
    }

    @Test
    void rowsComeByItemThenByDocumentInInputOrder() throws IOException {
        // Given
        var corpus =
                List.of(
                        file("b.jsonl", document("d2", "Oslo Norway Rome Italy")),
                        file("a.jsonl", document("d1", "Oslo, Norway"), document("d0", "Oslo")));
        var items = file("items.jsonl", item("z", "Norway", "Oslo"), item("a", "Italy", "Rome"));
        // When
        var found = run(COOCCURRENCE, corpus, List.of(items));
        // Then
        assertThat(found).containsExactly("z\td2", "z\td1", "a\td2");
    }

    @Test
    void badLinesAreRefusedOneByOneAndTheRestIsMatched() throws IOException {
        // Given
        var corpus = file("c.jsonl", "{\"id\": 1}", document("d", "Oslo Norway"), "no JSON");
        var items = file("i.jsonl", item("i", "Norway", "Oslo"), "{}");
        var rows = new ArrayList<LocalMatch.Row>();
        var refused = new ArrayList<RefusedInput>();
        // When
        new LocalMatch(COOCCURRENCE, new LocalFiles(List.of(corpus), List.of(items)))
                .run(rows::add, refused::add);
        // Then
        assertThat(rows)
                .containsExactly(
                        new LocalMatch.Row.Unscored(new ItemName(Optional.empty(), "i"), "b", "d"));
        assertThat(refused)
                .extracting(Throwable::getMessage)
                .satisfiesExactly(
                        first -> assertThat(first).contains("i.jsonl line 2"),
                        second -> assertThat(second).contains("c.jsonl line 1"),
                        third -> assertThat(third).contains("c.jsonl line 3"));
    }

    @Test
    void anItemWithoutObjectIsRefusedByNameWithAWayOutAndTheRestIsMatched() throws IOException {
        // Given
        var corpus = file("c.jsonl", document("d", "Oslo Norway"));
        var items = file("i.jsonl", item("q7", "Norway", ""), item("q8", "Norway", "Oslo"));
        var rows = new ArrayList<LocalMatch.Row>();
        var refused = new ArrayList<RefusedInput>();
        // When
        new LocalMatch(COOCCURRENCE, new LocalFiles(List.of(corpus), List.of(items)))
                .run(rows::add, refused::add);
        // Then
        assertThat(rows)
                .containsExactly(
                        new LocalMatch.Row.Unscored(
                                new ItemName(Optional.empty(), "q8"), "b", "d"));
        assertThat(refused)
                .singleElement()
                .extracting(Throwable::getMessage)
                .asString()
                .contains("i.jsonl: item 'q7' of b has no object", "bm25");
    }

    @Test
    void anItemThatLacksAPartOfItsQueryIsRefusedAndTheRestIsRanked() throws IOException {
        // Given
        var corpus = file("c.jsonl", document("d", "Oslo Norway"), document("e", "Rome"));
        var items =
                file(
                        "i.jsonl",
                        item("q7", "Norway", "Oslo").replace(", \"object\": \"Oslo\"", ""),
                        item("q8", "Norway", "Oslo"));
        var matcher = new Bm25Matcher(QueryText.SUBJECT_AND_OBJECT, new Bm25(), Cut.topK(1));
        var rows = new ArrayList<LocalMatch.Row>();
        var refused = new ArrayList<RefusedInput>();
        // When
        new LocalMatch(matcher, new LocalFiles(List.of(corpus), List.of(items)))
                .run(rows::add, refused::add);
        // Then
        assertThat(rows).extracting(row -> row.name().id()).containsExactly("q8");
        assertThat(refused)
                .singleElement()
                .extracting(Throwable::getMessage)
                .asString()
                .contains("item 'q7' of b has no object");
    }

    @Test
    void itemsOfWhichNoneCanBeLookedForAreRefused() throws IOException {
        // Given
        var items = file("i.jsonl", item("q7", "", "Oslo"));
        var match = new LocalMatch(COOCCURRENCE, new LocalFiles(List.of(), List.of(items)));
        // When, Then
        assertThatThrownBy(() -> match.run(row -> {}, refused -> {}))
                .isInstanceOf(RefusedInput.class)
                .hasMessageContainingAll("no item", "i.jsonl");
    }

    private static List<String> run(Matcher matcher, List<Path> corpus, List<Path> items) {
        var rows = new ArrayList<String>();
        new LocalMatch(matcher, new LocalFiles(corpus, items))
                .run(
                        row -> rows.add(row.name().written() + "\t" + row.document()),
                        refused -> {
                            throw refused;
                        });
        return rows;
    }

    private static List<Path> pararel() throws IOException {
        try (var files = Files.list(SHARED.resolve("data/items/pararel"))) {
            return files.sorted().toList();
        }
    }

    private static List<String> gunzippedLines(Path file) throws IOException {
        try (var in = new GZIPInputStream(Files.newInputStream(file))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }

    private Path file(String name, String... lines) throws IOException {
        return Files.write(folder.resolve(name), List.of(lines));
    }

    private static String document(String id, String text) {
        return "{\"id\": \"%s\", \"text\": \"%s\"}".formatted(id, text);
    }

    private static String item(String id, String subject, String object) {
        return "{\"benchmark\": \"b\", \"id\": \"%s\", \"query\": \"?\", \"choices\": [\"x\", \"y\"], \"gold\": 0, \"subject\": \"%s\", \"object\": \"%s\"}"
                .formatted(id, subject, object);
    }
}
