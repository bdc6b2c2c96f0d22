package io.retcon.schemas.item;

import static org.assertj.core.api.Assertions.assertThat;

import io.retcon.schemas.record.Item;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;

class ItemFileTest {
    @TempDir Path folder;

    @Test
    void anItemWhoseGoldIsNoChoiceIsRefused() throws IOException {
        // Given
        var item =
                "{\"benchmark\":\"b\",\"id\":\"%s\",\"query\":\"q\",\"choices\":[\"x\",\"y\"],\"gold\":%d}\n";
        var path =
                Files.writeString(
                        folder.resolve("items.jsonl"),
                        item.formatted("1", 1) + item.formatted("2", 2));
        var items = new ArrayList<Item>();
        var refused = new ArrayList<String>();
        // When
        new ItemFile(path).read(items::add, e -> refused.add(e.getMessage()));
        // Then
        assertThat(items).extracting(Item::getId).containsExactly("1");
        assertThat(refused)
                .containsExactly(
                        path
                                + " line 2: item '2' has gold 2 but 2 choices: give the index of"
                                + " the right one, 0 to 1");
    }

    @Test
    void itemsThatContradictThemselvesAreRefusedByTheirLine() throws IOException {
        // Given
        var item =
                "{\"benchmark\":\"b\",\"id\":\"%s\",\"query\":\"q\",\"choices\":[\"x\",\"%s\"],\"gold\":1%s}\n";
        var path =
                Files.writeString(
                        folder.resolve("items.jsonl"),
                        item.formatted("1", "x", ",\"answer\":\"x\"")
                                + item.formatted("2", "y", ",\"label\":0")
                                + item.formatted("3", "y", ",\"answerKey\":\"A\"")
                                + item.formatted("4", "y", ",\"answer\":\"x\"")
                                + item.formatted("5", "A", ",\"answer\":\"A\"")
                                + item.formatted("6", "y", ",\"answerKey\":\"B\",\"label\":1")
                                + item.formatted("7", "y", ",\"answer\":\"see above\""));
        var items = new ArrayList<Item>();
        var refused = new ArrayList<String>();
        // When
        new ItemFile(path).read(items::add, e -> refused.add(e.getMessage()));
        // Then
        assertThat(items).extracting(Item::getId).containsExactly("1", "5", "6", "7");
        assertThat(refused)
                .containsExactly(
                        path
                                + " line 2: item '2' has gold 1, but its 'label' is 0: keep what is"
                                + " right",
                        path
                                + " line 3: item '3' has gold 1, but its 'answerKey' is \"A\": keep"
                                + " what is right",
                        path
                                + " line 4: item '4' has gold 1, but its 'answer' is \"x\": keep"
                                + " what is right");
    }

    @Test
    void requestsOfOneQuestionWithDifferentLabelsAreRefused() throws IOException {
        // Given
        var path =
                Files.writeString(
                        folder.resolve("olmes.jsonl"),
                        String.join(
                                "\n",
                                request(0, 0, "Q?", " a"),
                                request(0, 1, "Q?", " b")
                                        .replaceAll("\"label\": *\\d+", "\"label\": 0")));
        var refused = new ArrayList<String>();
        // When
        new ItemFile(path).read(item -> {}, e -> refused.add(e.getMessage()));
        // Then
        assertThat(refused.getFirst())
                .isEqualTo(
                        path
                                + " line 2: choice 1 of item 'n0' of task has label 0 where another"
                                + " request about it has 1");
    }

    @Test
    void requestsBecomeItemsInWhateverOrderTheyCome() throws IOException {
        // Given
        var path =
                Files.writeString(
                        folder.resolve("olmes.jsonl"),
                        String.join(
                                "\n",
                                request(1_000_000, 1, "Answer:", " b"),
                                request(0, 1, "Q?", " b"),
                                request(1, 0, "R?", " c"),
                                request(0, 0, "Q?", " a"),
                                request(1_000_000, 0, "Answer:", " a"),
                                request(1, 1, "R?", " d")));
        var items = new ArrayList<Item>();
        // When
        new ItemFile(path)
                .read(
                        items::add,
                        refused -> {
                            throw refused;
                        });
        // Then
        assertThat(items).extracting(Item::getId).containsExactly("n0", "n1");
        assertThat(items.getFirst().getQuery()).isEqualTo("Q?");
        assertThat(items.getFirst().getChoices()).containsExactly("a", "b");
        assertThat(items.getFirst().getGold()).isEqualTo(1);
        assertThat(items.getFirst().getBenchmark()).isEqualTo("task");
        assertThat(items.getFirst().getUnconditional()).contains("Answer:");
        assertThat(items.getLast().getUnconditional()).isEmpty();
    }

    @Test
    void requestsThatLackAChoiceAreRefused() throws IOException {
        // Given
        var path =
                Files.writeString(
                        folder.resolve("olmes.jsonl"),
                        String.join(
                                "\n",
                                request(0, 0, "Q?", " a"),
                                request(0, 2, "Q?", " c"),
                                request(1, 0, "R?", " c"),
                                request(1, 1, "R?", " d"),
                                request(1, 1, "R?", " other"),
                                request(2, 0, "S?", "x"),
                                request(2, 1, "S?", " y"),
                                request(3, 0, "T?", " a"),
                                request(1_000_003, 0, "Answer:", " A")));
        var items = new ArrayList<Item>();
        var refused = new ArrayList<String>();
        // When
        new ItemFile(path).read(items::add, e -> refused.add(e.getMessage()));
        // Then
        assertThat(items).extracting(Item::getId).containsExactly("n1");
        assertThat(refused)
                .containsExactly(
                        path
                                + " line 5: choice 1 of item 'n1' of task is asked about twice,"
                                + " otherwise from line 3 on: give each question a doc_id of its"
                                + " own",
                        path
                                + " line 1: item 'n0' of task lacks a choice: it asks about [0, 2],"
                                + " and alone about []",
                        path
                                + " line 6: item 'n2' of task is no query with choices after a"
                                + " blank: it can be scored but not imported",
                        path
                                + " line 8: item 'n3' of task asks for other choices without its"
                                + " question than after it: it can be scored but not imported");
    }

    @Test
    void aNameStandsForOneQuestion() throws IOException {
        // Given
        var item =
                "{\"benchmark\": \"%s\", \"id\": \"d\", \"query\": \"%s\", \"choices\": [\"x\","
                        + " \"y\"], \"gold\": 0}\n";
        var one =
                Files.writeString(
                        folder.resolve("one.jsonl"),
                        item.formatted("b", "Q one")
                                + item.formatted("c", "Q one")
                                + item.formatted("b", "Q two"));
        var two = Files.writeString(folder.resolve("two.jsonl"), item.formatted("c", "Q one"));
        var items = new ArrayList<Item>();
        var refused = new ArrayList<String>();
        var known = new KnownItems();
        // When
        new ItemFile(one, known).read(items::add, e -> refused.add(e.getMessage()));
        new ItemFile(two, known).read(items::add, e -> refused.add(e.getMessage()));
        // Then
        assertThat(items).extracting(Item::getBenchmark).containsExactly("b", "c");
        assertThat(refused)
                .satisfiesExactly(
                        e ->
                                assertThat(e)
                                        .startsWith(one + " line 3: item 'd' of b is there already")
                                        .contains(one + " line 1"),
                        e ->
                                assertThat(e)
                                        .startsWith(two + " line 1: item 'd' of c")
                                        .contains(one + " line 2"));
    }

    @Test
    void requestsOfOneNameAreOneQuestion() throws IOException {
        // Given
        var path =
                Files.writeString(
                        folder.resolve("olmes.jsonl"),
                        String.join(
                                        "\n",
                                        request(0, 0, "Q?", " a"),
                                        request(0, 1, "Q?", " b"),
                                        request(1, 0, "R?", " a"),
                                        request(1, 1, "R?", " b"))
                                .replace("\"n1\"", "\"n0\""));
        var items = new ArrayList<Item>();
        var refused = new ArrayList<String>();
        // When
        new ItemFile(path).read(items::add, e -> refused.add(e.getMessage()));
        // Then
        assertThat(items).extracting(Item::getQuery).containsExactly("Q?");
        assertThat(refused)
                .singleElement()
                .asString()
                .startsWith(
                        path
                                + " line 3: item 'n0' of task is there already, at "
                                + path
                                + " line 1");
    }

    private static String request(int document, int choice, String context, String continuation) {
        return """
        {"request_type": "loglikelihood", "doc": {}, "idx": %d, "doc_id": %d,
         "native_id": "n%d", "task_name": "task", "label": %d,
         "request": {"context": "%s", "continuation": "%s"}}\
        """
                .formatted(
                        choice,
                        document,
                        document % 1_000_000,
                        document % 1_000_000 == 3 ? 0 : 1,
                        context,
                        continuation)
                .replace("\n", "");
    }
}
