package io.retcon.indexer.local;

import io.retcon.indexer.match.Matching;
import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.document.DocumentFile;
import io.retcon.schemas.item.ItemFile;
import io.retcon.schemas.item.KnownItems;
import io.retcon.schemas.record.Item;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * What is matched without a broker: documents and items as JSON lines, plain or packed.
 *
 * @param corpus files of documents, which together are the window
 */
public record LocalFiles(List<Path> corpus, List<Path> items) {
    public LocalFiles {
        corpus = List.copyOf(corpus);
        items = List.copyOf(items);
    }

    /**
     * In the order of the files and their lines.
     *
     * @param refused gets every line that is no item, which is then left out
     * @throws RefusedInput if a file cannot be read, or they hold no item
     */
    List<Item> readItems(Consumer<RefusedInput> refused) {
        var asked = new ArrayList<Item>();
        var known = new KnownItems();
        for (var file : items) {
            new ItemFile(file, known).read(asked::add, refused);
        }
        if (asked.isEmpty()) {
            throw new RefusedInput("no item could be read from %s: give some".formatted(items));
        }
        return asked;
    }

    /**
     * Gives every document to each of the passes.
     *
     * @param refused gets every line that is no document, which is then left out
     * @return the documents' identifiers, in the order of the files and their lines
     * @throws RefusedInput if a file cannot be read
     */
    List<String> readCorpus(List<Matching> passes, Consumer<RefusedInput> refused) {
        var documents = new ArrayList<String>();
        for (var file : corpus) {
            new DocumentFile(file)
                    .read(
                            document -> {
                                documents.add(document.id());
                                var text = document.text().getBytes(StandardCharsets.UTF_8);
                                passes.forEach(pass -> pass.add(document.id(), text));
                            },
                            refused);
        }
        return documents;
    }
}
