package io.retcon.indexer.local;

import static java.util.Objects.requireNonNull;

import io.retcon.indexer.match.Matcher;
import io.retcon.indexer.match.Matching;
import io.retcon.indexer.text.TokenizedItems;
import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.document.Document;
import io.retcon.schemas.document.DocumentFile;
import io.retcon.schemas.item.ItemFile;
import io.retcon.schemas.item.KnownItems;
import io.retcon.schemas.record.Item;
import io.retcon.schemas.tokenizer.Tokenizer;
import io.retcon.schemas.tokenizer.WellFormed;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What is matched without a broker: documents and items as JSON lines, plain or packed.
 *
 * @param corpus files of documents, which together are the window
 * @param tokenizer whose tokens' text is matched, as in a run's history; without one, texts are
 *     matched as they stand
 */
public record LocalFiles(List<Path> corpus, List<Path> items, Optional<Tokenizer> tokenizer) {
    public LocalFiles {
        requireNonNull(tokenizer, "tokenizer is null");
        corpus = List.copyOf(corpus);
        items = List.copyOf(items);
    }

    /** Matched as they stand. */
    public LocalFiles(List<Path> corpus, List<Path> items) {
        this(corpus, items, Optional.empty());
    }

    /**
     * In the order of the files and their lines.
     *
     * @param matchers which must each be able to look for an item
     * @param refused gets every line that is no item, and every item that a matcher cannot look
     *     for; they are left out
     * @throws RefusedInput if a file cannot be read, or no item is left
     */
    List<Item> readItems(List<Matcher> matchers, Consumer<RefusedInput> refused) {
        var asked = new ArrayList<Item>();
        var known = new KnownItems();
        for (var file : items) {
            new ItemFile(file, known)
                    .read(
                            item -> {
                                try {
                                    matchers.forEach(matcher -> matcher.check(item));
                                    asked.add(item);
                                } catch (RefusedInput e) {
                                    refused.accept(
                                            new RefusedInput(file + ": " + e.getMessage(), e));
                                }
                            },
                            refused);
        }
        if (asked.isEmpty()) {
            throw new RefusedInput("no item could be read from %s: give some".formatted(items));
        }
        return tokenizer.map(own -> new TokenizedItems(own).of(asked)).orElse(asked);
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
                            this::asTokenized,
                            document -> {
                                documents.add(document.id());
                                var text = document.text().getBytes(StandardCharsets.UTF_8);
                                passes.forEach(pass -> pass.add(document.id(), text));
                            },
                            refused);
        }
        return documents;
    }

    private Document asTokenized(Document document) {
        return new Document(
                document.id(),
                tokenizer
                        .map(own -> own.asTokenized(document.text()))
                        .orElseGet(() -> WellFormed.of(document.text())));
    }
}
