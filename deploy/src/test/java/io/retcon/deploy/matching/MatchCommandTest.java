package io.retcon.deploy.matching;

import static org.assertj.core.api.Assertions.assertThat;

import io.retcon.deploy.intervention.NamedDocuments;
import io.retcon.schemas.topic.Cluster;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import picocli.CommandLine;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

class MatchCommandTest {
    private static final String CORPUS =
            """
            {"id": "d0", "text": "Oslo is the capital of Norway, Norway's largest city."}
            {"id": "d1", "text": "Norway has fjords."}
            {"id": "d2", "text": ""}
            {"id": "d3", "text": "Rome lies in Italy; Oslo does not."}
            """;
    private static final String ITEMS =
            """
            {"benchmark": "b", "id": "norway", "query": "The capital of Norway is", "choices": ["Oslo", "Rome"], "gold": 0, "subject": "Norway", "object": "Oslo"}
            {"benchmark": "b", "id": "italy", "query": "The capital of Italy is", "choices": ["Oslo", "Rome"], "gold": 1, "subject": "Italy", "object": "Rome"}
            """;

    private static final String ANIMALS =
            """
            {"benchmark": "%s", "id": "%s", "query": "x", "choices": ["y", "z"], "gold": 0, "subject": "%s", "object": "%s"}
            """;

    @TempDir private Path folder;

    private String corpus = CORPUS;
    private String items = ITEMS;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void printsRowsByItemThenScore() throws IOException {
        // When
        run("--matcher", "bm25", "--query", "subject+object", "--top-k", "2");
        // Then
        assertThat(out.toString().lines().map(line -> List.of(line.split("\t")).subList(0, 2)))
                .containsExactly(
                        List.of("norway", "d0"), List.of("norway", "d1"), List.of("italy", "d3"));
    }

    @Test
    void moreThanThereAreIsAll() throws IOException {
        // When
        run("--matcher", "bm25", "--query", "question", "--top-k", "10000000");
        // Then
        assertThat(out.toString().lines()).hasSize(4);
    }

    @Test
    void aThresholdEndsTheRanking() throws IOException {
        // Given
        run("--matcher", "bm25");
        double best =
                Double.parseDouble(out.toString().lines().findFirst().orElseThrow().split("\t")[2]);
        out.getBuffer().setLength(0);
        // When
        run("--matcher", "bm25", "--threshold", String.valueOf(best - 1e-5));
        // Then
        assertThat(out.toString().lines().filter(line -> line.startsWith("norway"))).hasSize(1);
    }

    @Test
    void comparesTwoMatchersItemByItem() throws IOException {
        // When
        run(
                "compare",
                "--first",
                "cooccurrence",
                "--second",
                "{ matcher: bm25, query: subject+object, topK: 2 }",
                "--output",
                "json");
        // Then
        assertThat(out.toString().lines())
                .containsExactly(
                        "{\"item\":\"norway\",\"first\":1,\"second\":2,\"both\":1,\"overlap\":0.5}",
                        "{\"item\":\"italy\",\"first\":1,\"second\":1,\"both\":1,\"overlap\":1.0}",
                        "{\"item\":\"(all)\",\"first\":2,\"second\":3,\"both\":2,\"overlap\":0.75}");
    }

    @Test
    void aMatcherThatCannotBeIsRefusedInOneSentence() throws IOException {
        // When
        int status =
                execute(
                        "compare",
                        "--first",
                        "{ matcher: cooccurrence, topK: 3 }",
                        "--second",
                        "occurrence");
        // Then
        assertThat(status).isEqualTo(CommandLine.ExitCode.SOFTWARE);
        assertThat(err.toString()).contains("cooccurrence takes no 'topK'");
    }

    @Test
    void namesStayOnTheirLinesAndComeBack() throws IOException {
        // Given
        corpus =
                """
                {"id": "a\\tb", "text": "cat dog"}
                {"id": "a\\nb", "text": "cat dog"}
                {"id": "a/../b", "text": "cat dog"}
                {"id": "c:\\\\d", "text": "cat dog"}
                {"id": " ", "text": "cat dog"}
                {"id": "\\u00e9\\u2028x", "text": "cat dog"}
                {"id": "\\"q\\"", "text": "cat"}
                """;
        items = ANIMALS.formatted("b", "q", "cat", "dog");
        // When
        run();
        // Then
        assertThat(out.toString())
                .isEqualTo("q\ta\\tb\nq\ta\\nb\nq\ta/../b\nq\tc:\\\\d\nq\t \nq\té\\u2028x\n");
        var printed = Files.writeString(folder.resolve("matched.tsv"), out.toString());
        var documents = new NamedDocuments(cluster(), _ -> printed, topic -> topic);
        assertThat(documents.matchesOfFile("matched.tsv"))
                .containsExactly(
                        Map.entry(
                                "q", List.of(" ", "a\tb", "a\nb", "a/../b", "c:\\d", "é\u2028x")));
    }

    @Test
    void itemsOfTwoBenchmarksAreToldApart() throws IOException {
        // Given
        corpus =
                """
                {"id": "m1", "text": "cat dog"}
                {"id": "m2", "text": "cat fish"}
                """;
        items =
                ANIMALS.formatted("p36", "1", "cat", "dog")
                        + ANIMALS.formatted("p19", "1", "fish", "cat")
                        + ANIMALS.formatted("p19", "2", "fish", "cat");
        // When
        run();
        // Then
        assertThat(out.toString().lines()).containsExactly("p36\\:1\tm1", "p19\\:1\tm2", "2\tm2");
        out.getBuffer().setLength(0);
        run("--output", "json");
        assertThat(out.toString().lines())
                .contains("{\"benchmark\":\"p19\",\"item\":\"1\",\"document\":\"m2\"}");
    }

    @Test
    void anItemTwiceIsRefusedByLine() throws IOException {
        // Given
        items =
                ANIMALS.formatted("b", "d", "cat", "dog")
                        + ANIMALS.formatted("b", "d", "cat", "cow");
        // When
        execute();
        // Then
        assertThat(err.toString())
                .contains("items.jsonl line 2: item 'd' of b is there already, at", "line 1:");
    }

    @Test
    void nothingFoundIsSaid() throws IOException {
        // Given
        items = ANIMALS.formatted("b", "q", "東京", "犬");
        corpus = "{\"id\": \"d\", \"text\": \"x\"}\n".repeat(2);
        // When
        run("--boundary", "word", "--output", "json");
        // Then
        assertThat(out.toString().lines())
                .singleElement()
                .asString()
                .startsWith(
                        "{\"caveats\":[\"nothing was found: none of 1 items matches any of 2"
                                + " documents");
        assertThat(err.toString())
                .contains("caveat: nothing was found")
                .contains("caveat: 1 of 1 items have terms in a script without blanks")
                .contains("caveat: 1 documents have an id that an earlier one has, the first 'd'");
    }

    @Test
    void aMeanOverFewerItemsSaysSo() throws IOException {
        // Given
        items = ITEMS + ANIMALS.formatted("b", "nowhere", "cat", "dog");
        // When
        run("compare", "--first", "cooccurrence", "--second", "occurrence", "--output", "json");
        // Then
        var said = "the mean overlap is over 2 of 3 items: the others have none";
        assertThat(out.toString().lines().toList().getLast())
                .isEqualTo("{\"caveats\":[\"" + said + "\"]}");
        assertThat(err.toString()).contains("caveat: " + said);
    }

    private static Cluster cluster() {
        return new Cluster("localhost:1");
    }

    private void run(String... arguments) throws IOException {
        assertThat(execute(arguments)).as(err.toString()).isZero();
    }

    private int execute(String... arguments) throws IOException {
        var documents = Files.writeString(folder.resolve("corpus.jsonl"), corpus);
        var questions = Files.writeString(folder.resolve("items.jsonl"), items);
        var all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--corpus", documents.toString(), "--items", questions.toString()));
        return new CommandLine(new MatchCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(all.toArray(String[]::new));
    }
}
