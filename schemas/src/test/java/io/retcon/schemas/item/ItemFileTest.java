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
}
