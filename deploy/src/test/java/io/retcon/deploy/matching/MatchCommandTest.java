package io.retcon.deploy.matching;

import static org.assertj.core.api.Assertions.assertThat;

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

    @TempDir private Path folder;

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

    private void run(String... arguments) throws IOException {
        assertThat(execute(arguments)).as(err.toString()).isZero();
    }

    private int execute(String... arguments) throws IOException {
        var corpus = Files.writeString(folder.resolve("corpus.jsonl"), CORPUS);
        var items = Files.writeString(folder.resolve("items.jsonl"), ITEMS);
        var all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--corpus", corpus.toString(), "--items", items.toString()));
        return new CommandLine(new MatchCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(all.toArray(String[]::new));
    }
}
